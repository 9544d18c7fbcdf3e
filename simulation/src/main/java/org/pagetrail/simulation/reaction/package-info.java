/** Reactions: what one layer does because another layer's event happened. */
@NullMarked
package org.pagetrail.simulation.reaction;

import org.jspecify.annotations.NullMarked;
