package org.pagetrail.simulation.minimize;

import org.pagetrail.simulation.whatif.FaultComparison;

/**
 * The part of a recording that still shows where two kernels part.
 *
 * @param part the part
 * @param left what the left kernel does
 * @param right what the right kernel does
 */
public record Minimized(SmallPart part, FaultComparison left, FaultComparison right) {}
