/** Tests of the package of the same name. */
@NullMarked
package org.pagetrail.projections.diff;

import org.jspecify.annotations.NullMarked;
