/** Tests. */
@NullMarked
package org.pagetrail.simulation.check;

import org.jspecify.annotations.NullMarked;
