/**
 * Axon on a trail: its event storage engine over any {@link org.pagetrail.store.TrailLog}, commands
 * on its bus, projections as its event handlers. No other package names Axon.
 */
@NullMarked
package org.pagetrail.store.axon;

import org.jspecify.annotations.NullMarked;
