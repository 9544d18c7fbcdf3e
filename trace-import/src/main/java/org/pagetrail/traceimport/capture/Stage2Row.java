package org.pagetrail.traceimport.capture;

import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.trail.Source;

/** A row of a dump of stage 2: alike entries that follow one another, all of them valid. */
public record Stage2Row(Source source, Snapshot snapshot, GpaRange range, Perms perms) {}
