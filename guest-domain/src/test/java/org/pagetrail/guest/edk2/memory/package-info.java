/** Tests of what the firmware remembers. */
@NullMarked
package org.pagetrail.guest.edk2.memory;

import org.jspecify.annotations.NullMarked;
