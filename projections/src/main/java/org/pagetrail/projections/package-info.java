/** Folds over a trail: page states, stage 2, memslots, findings, diffs. */
@NullMarked
package org.pagetrail.projections;

import org.jspecify.annotations.NullMarked;
