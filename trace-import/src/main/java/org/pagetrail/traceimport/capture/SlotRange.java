package org.pagetrail.traceimport.capture;

import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;

/** Where a memslot lies in the guest and in the monitor. */
public record SlotRange(Gpa gpa, ByteSize size, Hva hva) {}
