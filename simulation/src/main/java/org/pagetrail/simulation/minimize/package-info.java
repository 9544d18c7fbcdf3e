/** The smallest part of a recording that still shows a difference between two kernels. */
@NullMarked
package org.pagetrail.simulation.minimize;

import org.jspecify.annotations.NullMarked;
