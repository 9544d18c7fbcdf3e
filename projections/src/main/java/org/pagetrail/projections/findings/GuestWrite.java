package org.pagetrail.projections.findings;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Pfn;

/**
 * A guest write that reached memory without an exit.
 *
 * @param gpa where the guest wrote, null if the trail does not say
 * @param pfn the frame that was written, null if the trail does not say
 */
record GuestWrite(@Nullable Gpa gpa, @Nullable Pfn pfn, Evidence evidence) {}
