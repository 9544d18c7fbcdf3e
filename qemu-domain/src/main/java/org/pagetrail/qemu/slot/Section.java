package org.pagetrail.qemu.slot;

import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.qemu.region.Wide;

/**
 * A range of a flat view with host memory behind it, as the listener that keeps the memslots gets
 * it.
 *
 * @param start first guest physical address, any alignment
 * @param size bytes
 * @param hva where the first byte lies in the host
 * @param mapped false for a ROM device outside romd mode: it must not have a slot
 * @param flags what a slot for it carries
 */
public record Section(Wide start, Wide size, Hva hva, boolean mapped, SlotFlags flags) {}
