/** Tests of the folds, and the trails they are given. */
@NullMarked
package org.pagetrail.projections;

import org.jspecify.annotations.NullMarked;
