/** Binary dumps of /proc/PID/pagemap and /proc/kpageflags. */
@NullMarked
package org.pagetrail.traceimport.pagedump;

import org.jspecify.annotations.NullMarked;
