/** Tests of the boards. */
@NullMarked
package org.pagetrail.qemu.board;

import org.jspecify.annotations.NullMarked;
