/** The address space of the monitor: /proc/PID/maps and smaps. */
@NullMarked
package org.pagetrail.traceimport.maps;

import org.jspecify.annotations.NullMarked;
