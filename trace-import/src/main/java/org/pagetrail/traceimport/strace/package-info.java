/** The monitor's system calls as strace prints them. */
@NullMarked
package org.pagetrail.traceimport.strace;

import org.jspecify.annotations.NullMarked;
