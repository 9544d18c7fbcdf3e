/** Tests. */
@NullMarked
package org.pagetrail.simulation.minimize;

import org.jspecify.annotations.NullMarked;
