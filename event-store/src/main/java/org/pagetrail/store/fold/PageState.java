package org.pagetrail.store.fold;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Hva;

/**
 * What is known of a guest page at one moment.
 *
 * @param slot the memslot that holds it, null if none does
 * @param hva the address of its host page, null without a slot
 * @param host that page, null if nothing is known of it
 * @param stage2 what stage 2 maps there, null if nothing
 */
public record PageState(
    Gfn gfn,
    @Nullable Slot slot,
    @Nullable Hva hva,
    @Nullable HostPageState host,
    @Nullable Stage2Page stage2) {}
