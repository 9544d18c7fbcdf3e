/** Samples of two clocks at once, which join QEMU's log to the kernel's trace. */
@NullMarked
package org.pagetrail.traceimport.clock;

import org.jspecify.annotations.NullMarked;
