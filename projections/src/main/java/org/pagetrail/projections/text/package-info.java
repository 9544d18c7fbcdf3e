/** States, audits, findings and diffs as plain text for a terminal of 80 columns. */
@NullMarked
package org.pagetrail.projections.text;

import org.jspecify.annotations.NullMarked;
