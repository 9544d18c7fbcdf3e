package org.pagetrail.projections;

import static org.pagetrail.projections.Events.content;
import static org.pagetrail.projections.Events.device;
import static org.pagetrail.projections.Events.found;
import static org.pagetrail.projections.Events.mapped;
import static org.pagetrail.projections.Events.readFault;
import static org.pagetrail.projections.Events.slot;

import java.util.List;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.ZeroPageSeen;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.VcpuEntered;
import org.pagetrail.events.KvmEvent.VcpuExited;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.RunEvent.RunEnded;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.trail.TrailEntry;

/**
 * What a trace shows of the second NOR flash of a machine: the first read finds the zero page. On
 * one host it is mapped writable Device and later writes never exit; on a healthy one it is mapped
 * read-only Normal and the first write exits.
 */
public final class SeedStory {
  /** The flash. */
  public static final long FLASH = 0x4000000;

  /** Its host address. */
  public static final long FLASH_HVA = 0xffff87a00000L;

  /** The zero page. */
  public static final long ZERO = 0x40a87;

  /** The trail. */
  public final TrailBuilder trail = new TrailBuilder();

  /** The slot's entry. */
  public final long slot;

  /** The fault's entry. */
  public final long fault;

  /** The lookup's entry. */
  public final long lookup;

  /** The device decision's entry. */
  public final long decision;

  /** The mapping's entry. */
  public final long mapping;

  /** The entry in which the content was last seen, or in which the write exited. */
  public final long last;

  private SeedStory(boolean broken) {
    trail.at(12_000_000_000L);
    trail.observed(
        new RamBlockAllocated("virt.flash1", new ByteSize(0x4000000), new Hva(FLASH_HVA), null));
    slot = trail.observed(slot(1, SlotFlags.READ_ONLY, FLASH, 0x4000000, FLASH_HVA));
    trail.at(25_885_038_000L);
    trail.observed(new ZeroPageSeen(new Pfn(ZERO)));
    trail.observed(content(ZERO));
    trail.at(29_985_647_000L);
    fault = trail.observed(readFault(FLASH + 0x37));
    lookup = trail.observed(found(0x4000, false, ZERO, PageKind.UNKNOWN, null), fault);
    decision = trail.observed(device(ZERO, false, broken), lookup);
    trail.at(29_985_880_000L);
    mapping =
        trail.observed(
            broken
                ? mapped(FLASH, ZERO, Perms.RW, MemoryType.DEVICE)
                : mapped(FLASH, ZERO, Perms.R, MemoryType.NORMAL),
            decision);
    trail.observed(new VcpuEntered(0, 0x4fc612d8L), mapping);
    if (broken) {
      trail.at(30_002_675_000L);
      last = trail.observed(content(ZERO, 0x0, 0x700070, 0x8, 0x900090));
      long[] pcs = {0x4fc60354L, 0x4fc617ecL, 0x4fc60524L};
      for (int i = 0; i < 600; i++) {
        trail.observed(new VcpuExited(0, "IRQ", pcs[i % 3]));
        trail.observed(new VcpuEntered(0, pcs[i % 3]));
      }
      trail.observed(new RunEnded("timeout"));
    } else {
      trail.at(29_990_000_000L);
      trail.observed(new VcpuExited(0, "TRAP", 0x4fc612e0L));
      last = trail.observed(new MmioExited(0, new Gpa(FLASH), 4, true, 0x700070));
      trail.at(30_002_675_000L);
      trail.observed(content(ZERO));
      trail.observed(new RunEnded("shell"));
    }
  }

  /** The host with the bug. */
  public static SeedStory broken() {
    return new SeedStory(true);
  }

  /** A host without it. */
  public static SeedStory healthy() {
    return new SeedStory(false);
  }

  /** All entries. */
  public List<TrailEntry> entries() {
    return trail.entries();
  }
}
