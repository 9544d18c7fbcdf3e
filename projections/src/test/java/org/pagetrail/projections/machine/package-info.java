/** Tests of the package of the same name. */
@NullMarked
package org.pagetrail.projections.machine;

import org.jspecify.annotations.NullMarked;
