/** Runs of alike pages: what keeps a state as small as what happened, not as big as memory. */
@NullMarked
package org.pagetrail.projections.ranges;

import org.jspecify.annotations.NullMarked;
