/** Tests of memslots. */
@NullMarked
package org.pagetrail.qemu.slot;

import org.jspecify.annotations.NullMarked;
