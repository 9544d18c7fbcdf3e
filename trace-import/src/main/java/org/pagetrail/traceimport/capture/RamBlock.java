package org.pagetrail.traceimport.capture;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.trail.Source;

/**
 * A row of {@code info ramblock}.
 *
 * @param hva null before QEMU 8.0, which does not print it
 */
public record RamBlock(Source source, String name, ByteSize size, @Nullable Hva hva) {}
