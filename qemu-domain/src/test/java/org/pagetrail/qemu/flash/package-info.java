/** Tests of the NOR flash. */
@NullMarked
package org.pagetrail.qemu.flash;

import org.jspecify.annotations.NullMarked;
