package org.pagetrail.projections.machine;

/** A point of its program that the guest reached, or a step that it began. */
public record Milestone(String text, Origin origin) {}
