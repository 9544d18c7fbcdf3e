/** UEFI firmware of the edk2 project, as far as it works with flash. */
@NullMarked
package org.pagetrail.guest.edk2;

import org.jspecify.annotations.NullMarked;
