/** Tests. */
@NullMarked
package org.pagetrail.simulation.loop;

import org.jspecify.annotations.NullMarked;
