/** The NOR flash that QEMU calls pflash_cfi01: Intel commands, one mode for the whole device. */
@NullMarked
package org.pagetrail.qemu.flash;

import org.jspecify.annotations.NullMarked;
