/** Tests of the package of the same name. */
@NullMarked
package org.pagetrail.projections.text;

import org.jspecify.annotations.NullMarked;
