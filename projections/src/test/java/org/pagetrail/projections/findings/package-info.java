/** Tests of the package of the same name. */
@NullMarked
package org.pagetrail.projections.findings;

import org.jspecify.annotations.NullMarked;
