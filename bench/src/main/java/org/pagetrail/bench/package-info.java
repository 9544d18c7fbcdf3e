/** Benchmarks. */
@NullMarked
package org.pagetrail.bench;

import org.jspecify.annotations.NullMarked;
