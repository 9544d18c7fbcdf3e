/** Which kernels explain what a trace recorded, judged by its observations alone. */
@NullMarked
package org.pagetrail.simulation.check;

import org.jspecify.annotations.NullMarked;
