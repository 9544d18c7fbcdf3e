/** Files of trace-cmd: {@code trace.dat} of versions 6 and 7. */
@NullMarked
package org.pagetrail.traceimport.tracedat;

import org.jspecify.annotations.NullMarked;
