/** Readers of what QEMU, ftrace and the kernel print. */
@NullMarked
package org.pagetrail.traceimport;

import org.jspecify.annotations.NullMarked;
