/** Two logs in one order: pairs of lines that both sides saw, the clock between them, the merge. */
@NullMarked
package org.pagetrail.traceimport.join;

import org.jspecify.annotations.NullMarked;
