package org.pagetrail.traceimport.capture;

import org.pagetrail.events.trail.Source;

/**
 * Two clocks read at once.
 *
 * @param offsetNanos realtime minus monotonic
 * @param uncertaintyNanos how far that may be off, either way
 */
public record ClockSample(Source source, long offsetNanos, long uncertaintyNanos) {}
