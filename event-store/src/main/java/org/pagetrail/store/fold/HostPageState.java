package org.pagetrail.store.fold;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.Pfn;

/**
 * What the host's page table holds for a page of the monitor.
 *
 * @param pfn the frame; null if absent or unknown
 * @param kind {@code ABSENT} if nothing is mapped
 * @param writable whether the host's entry lets the monitor write; null if unknown
 * @param seq the event that said so
 * @param doubted the notifier call after which the entry may differ, -1 if none
 */
public record HostPageState(
    @Nullable Pfn pfn, PageKind kind, @Nullable Boolean writable, long seq, long doubted) {}
