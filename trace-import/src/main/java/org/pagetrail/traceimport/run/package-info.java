/**
 * The run as a whole: its command line, its outcome, its huge page mode, what its recorder lost.
 */
@NullMarked
package org.pagetrail.traceimport.run;

import org.jspecify.annotations.NullMarked;
