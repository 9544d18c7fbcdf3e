/** Whole-process benchmarks on trails in files, and the tables and plots of what they measured. */
@NullMarked
package org.pagetrail.bench.run;

import org.jspecify.annotations.NullMarked;
