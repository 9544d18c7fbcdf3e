/** Tests of the loop and the what-if. */
@NullMarked
package org.pagetrail.simulation;

import org.jspecify.annotations.NullMarked;
