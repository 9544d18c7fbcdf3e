/** Tests of the package of the same name. */
@NullMarked
package org.pagetrail.projections.audit;

import org.jspecify.annotations.NullMarked;
