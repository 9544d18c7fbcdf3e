package org.pagetrail.projections.machine;

import org.pagetrail.events.GuestEvent.GuestHung;

/** A guest that polls without progress. */
public record Hang(GuestHung poll, Origin origin) {}
