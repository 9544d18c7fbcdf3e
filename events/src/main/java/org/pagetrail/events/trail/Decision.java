package org.pagetrail.events.trail;

import org.pagetrail.events.Event;

/** An event that a decider made, with the rule that made it. */
public record Decision(Event event, Citation rule) {}
