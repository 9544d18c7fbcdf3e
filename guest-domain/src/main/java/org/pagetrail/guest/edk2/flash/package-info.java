/** The firmware's driver of NOR flash: requests, and the commands that it makes of them. */
@NullMarked
package org.pagetrail.guest.edk2.flash;

import org.jspecify.annotations.NullMarked;
