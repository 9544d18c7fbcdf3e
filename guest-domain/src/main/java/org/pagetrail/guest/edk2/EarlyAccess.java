package org.pagetrail.guest.edk2;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.memory.Gpa;

/**
 * An access that the firmware does before its drivers.
 *
 * @param what what it is
 * @param value what is written; null for other accesses and where not known
 */
public record EarlyAccess(
    String what, AccessKind access, Gpa gpa, int width, @Nullable Long value) {}
