/** What the files of a capture said, read but not yet joined into one order. */
@NullMarked
package org.pagetrail.traceimport.capture;

import org.jspecify.annotations.NullMarked;
