/** Tests. */
@NullMarked
package org.pagetrail.simulation.whatif;

import org.jspecify.annotations.NullMarked;
