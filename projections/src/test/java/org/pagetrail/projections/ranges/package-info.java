/** Tests of the package of the same name. */
@NullMarked
package org.pagetrail.projections.ranges;

import org.jspecify.annotations.NullMarked;
