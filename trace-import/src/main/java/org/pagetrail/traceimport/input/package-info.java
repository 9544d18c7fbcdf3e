/** The files of a capture: decompressed, cut into bounded lines, what is not understood counted. */
@NullMarked
package org.pagetrail.traceimport.input;

import org.jspecify.annotations.NullMarked;
