/** The firmware's variable store: its volume, its records, and how variables are set. */
@NullMarked
package org.pagetrail.guest.edk2.variable;

import org.jspecify.annotations.NullMarked;
