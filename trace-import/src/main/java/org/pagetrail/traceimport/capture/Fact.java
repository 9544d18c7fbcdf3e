package org.pagetrail.traceimport.capture;

import org.pagetrail.events.trail.Source;

/** A single text that an input states, such as the command line or the outcome. */
public record Fact(Source source, String text) {}
