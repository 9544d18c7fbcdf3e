/** A session with QEMU's human monitor: flat views and RAM blocks behind its terminal escapes. */
@NullMarked
package org.pagetrail.traceimport.monitor;

import org.jspecify.annotations.NullMarked;
