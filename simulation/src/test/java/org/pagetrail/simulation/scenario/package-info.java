/** Tests. */
@NullMarked
package org.pagetrail.simulation.scenario;

import org.jspecify.annotations.NullMarked;
