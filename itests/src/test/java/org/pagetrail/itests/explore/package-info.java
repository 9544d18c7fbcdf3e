/** The search over all runs beside other model checkers. */
@NullMarked
package org.pagetrail.itests.explore;

import org.jspecify.annotations.NullMarked;
