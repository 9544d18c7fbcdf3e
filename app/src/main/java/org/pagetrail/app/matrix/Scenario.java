package org.pagetrail.app.matrix;

/**
 * A small run: memory of one kind behind a slot of one page size, and one to two guest accesses.
 *
 * @param name what options call it
 * @param sentence what happens in it
 * @param memory what stands behind the slot
 * @param readOnlySlot whether the slot has KVM_MEM_READONLY
 * @param accesses of the same page, in order: R reads, W writes, X fetches
 */
public record Scenario(
    String name, String sentence, Memory memory, boolean readOnlySlot, String accesses) {

  /** What stands behind the slot. */
  public enum Memory {
    /** Private anonymous memory that nobody touched: reads find the 4 KiB zero page. */
    ZERO_PAGE,
    /** The same where transparent huge pages apply: reads find the huge zero page. */
    HUGE_ZERO_PAGE,
    /** Private anonymous memory that the monitor has written. */
    WRITTEN,
    /** Page frames of a device, without pages, as a BAR is mapped. */
    DEVICE,
    /** Page frames of RAM whose pages are reserved. */
    RESERVED_RAM,
    /** Page frames of ordinary RAM. */
    RAM_FRAMES,
    /** A file on persistent memory, mapped directly: pages of ZONE_DEVICE. */
    DAX
  }

  /** Whether the zero page is what the guest reads. */
  boolean isAboutZeroPage() {
    return memory == Memory.ZERO_PAGE && !accesses.contains("X");
  }
}
