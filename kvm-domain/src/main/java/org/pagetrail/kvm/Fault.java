package org.pagetrail.kvm;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.memory.Gpa;

/**
 * An access that stage 2 did not let through.
 *
 * @param gpa the address, with its offset in the page
 * @param width bytes
 * @param value what would have been written; null for reads and where unknown
 * @param fault translation, permission or another
 * @param level the level of the table that missed, -1 if unknown
 * @param syndrome the recorded syndrome or error code; 0 to take it from the access
 */
record Fault(
    int vcpu,
    AccessKind access,
    Gpa gpa,
    int width,
    @Nullable Long value,
    FaultType fault,
    int level,
    long syndrome,
    long pc) {}
