/** QEMU's trace log, from the days of its stderr backend to the ISO time of today. */
@NullMarked
package org.pagetrail.traceimport.qemulog;

import org.jspecify.annotations.NullMarked;
