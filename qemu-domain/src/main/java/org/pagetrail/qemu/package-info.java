/** QEMU: memory regions, flat views, NOR flash, boards. */
@NullMarked
package org.pagetrail.qemu;

import org.jspecify.annotations.NullMarked;
