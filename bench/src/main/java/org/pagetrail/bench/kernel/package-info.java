/** JMH benchmarks of the innermost loops. */
@NullMarked
package org.pagetrail.bench.kernel;

import org.jspecify.annotations.NullMarked;
