/** Tests of how inputs are opened and split into lines. */
@NullMarked
package org.pagetrail.traceimport.input;

import org.jspecify.annotations.NullMarked;
