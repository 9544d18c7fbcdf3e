package org.pagetrail.traceimport;

import org.pagetrail.events.trail.Trail;

/** A capture that was imported. */
public record Import(Trail trail, ImportReport report) {}
