/** Scenarios of the recorded tables as trails, and such trails replayed under other kernels. */
@NullMarked
package org.pagetrail.simulation.scenario;

import org.jspecify.annotations.NullMarked;
