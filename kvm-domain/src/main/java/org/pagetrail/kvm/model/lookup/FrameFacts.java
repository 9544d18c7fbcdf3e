package org.pagetrail.kvm.model.lookup;

import org.pagetrail.events.HostEvent.PageKind;

/**
 * What predicates ask of a frame.
 *
 * @param valid pfn_valid
 * @param reserved PG_reserved; false without a page
 * @param zeroPage is_zero_pfn: the 4 KiB zero page, never the huge one
 * @param zoneDevice a page of ZONE_DEVICE
 * @param mapMemory memblock knows it as memory that the kernel maps
 * @param pfnmap it was found through a mapping of page frames
 */
public record FrameFacts(
    boolean valid,
    boolean reserved,
    boolean zeroPage,
    boolean zoneDevice,
    boolean mapMemory,
    boolean pfnmap) {

  /** The facts about a frame of this kind. Of an unknown kind, what holds for ordinary memory. */
  public static FrameFacts of(PageKind kind, PfnValid pfnValid, boolean pfnmap) {
    boolean valid = pfnValid.isValid(kind);
    boolean reserved =
        switch (kind) {
          case ZERO_PAGE, RESERVED_RAM, NOMAP_RAM, ZONE_DEVICE -> true;
          default -> false;
        };
    boolean mapMemory =
        switch (kind) {
          case DEVICE, NOMAP_RAM, ZONE_DEVICE, ABSENT, POISONED -> false;
          default -> true;
        };
    return new FrameFacts(
        valid,
        valid && reserved,
        kind == PageKind.ZERO_PAGE,
        kind == PageKind.ZONE_DEVICE,
        mapMemory,
        pfnmap);
  }
}
