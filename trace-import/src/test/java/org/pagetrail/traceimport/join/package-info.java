/** Tests of how inputs are read side by side. */
@NullMarked
package org.pagetrail.traceimport.join;

import org.jspecify.annotations.NullMarked;
