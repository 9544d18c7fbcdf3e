/** Machines: which regions, address spaces and flash devices they have, and in which order. */
@NullMarked
package org.pagetrail.qemu.board;

import org.jspecify.annotations.NullMarked;
