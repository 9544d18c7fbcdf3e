package org.pagetrail.store.fold;

import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;

/**
 * What stage 2 holds for a guest frame.
 *
 * @param pfn the frame behind it
 * @param leafPages pages of the table entry that maps it: 1, 512 or 262144
 * @param accessed the access flag
 * @param mappedSeq the event that put the entry there
 * @param changedSeq the event that changed it last, the same if none did
 */
public record Stage2Page(
    Pfn pfn,
    long leafPages,
    Perms perms,
    MemoryType memoryType,
    boolean accessed,
    long mappedSeq,
    long changedSeq) {}
