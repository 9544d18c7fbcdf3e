/** Runs of alike pages from /proc/PID/pagemap and kpageflags, and the slots they belong to. */
@NullMarked
package org.pagetrail.traceimport.pagemap;

import org.jspecify.annotations.NullMarked;
