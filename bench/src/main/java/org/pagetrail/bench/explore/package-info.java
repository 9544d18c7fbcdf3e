/** How fast all runs are searched, beside another model checker on the same model. */
@NullMarked
package org.pagetrail.bench.explore;

import org.jspecify.annotations.NullMarked;
