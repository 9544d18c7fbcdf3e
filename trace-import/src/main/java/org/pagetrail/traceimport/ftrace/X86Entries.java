package org.pagetrail.traceimport.ftrace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.traceimport.capture.KernelCall;
import org.pagetrail.traceimport.capture.KernelFact;

/**
 * Table entries of x86. Bit 11 marks an entry that is present for KVM (from 5.13 on), bit 7 a leaf
 * above the lowest level, bit 1 write permission; with EPT bits 5:3 are the memory type.
 */
final class X86Entries {
  private static final String HEX = "(?:0x)?([0-9a-f]{1,16})";
  private static final Pattern SET =
      Pattern.compile("gfn " + HEX + " spte " + HEX + " \\(([rwxu-]{1,4})\\) level ([123]) at .*");
  private static final Pattern CHANGED =
      Pattern.compile(
          "as id \\d+ gfn " + HEX + " level (\\d) old_spte " + HEX + " new_spte " + HEX);

  private static final long PRESENT = 1L << 11;
  private static final long LEAF = 1L << 7;
  private static final long WRITABLE = 1L << 1;
  private static final long FRAME = ((1L << 52) - 1) & -PageSize.BASE_BYTES;

  /** log2 of how many entries a table has. */
  private static final int LEVEL_BITS = 9;

  private boolean ept;

  /** Only EPT has exits of this name, and only EPT entries have a memory type. */
  void sawExit(String reason) {
    ept |= reason.startsWith("EPT_");
  }

  /** kvm_mmu_set_spte. */
  @Nullable KernelFact set(String payload) {
    Matcher match = SET.matcher(payload);
    if (!match.matches()) {
      return null;
    }
    long spte = Hex.parse(match.group(2));
    GpaRange range = range(Gfn.parse(match.group(1)), Integer.parseInt(match.group(4)));
    return new KernelFact.EntrySet(
        new KernelCall.Stage2Map(
            range.start(), range.size(), pfn(spte), Perms.parse(match.group(3)), memoryType(spte)));
  }

  /** kvm_tdp_mmu_spte_changed; an entry that was set has an event of its own. */
  @Nullable KernelFact changed(String event, String payload) {
    Matcher match = CHANGED.matcher(payload);
    if (!match.matches()) {
      return null;
    }
    int level = Integer.parseInt(match.group(2));
    long before = Hex.parse(match.group(3));
    long after = Hex.parse(match.group(4));
    if (level < 1 || level > 3 || !isLeaf(before, level)) {
      return new KernelFact.Noted(event, payload);
    }
    GpaRange range = range(Gfn.parse(match.group(1)), level);
    if (!isLeaf(after, level) || !pfn(before).equals(pfn(after))) {
      return new KernelFact.Called(new KernelCall.Stage2Unmap(range));
    }
    boolean protectedNow = (before & WRITABLE) != 0 && (after & WRITABLE) == 0;
    return protectedNow
        ? new KernelFact.Called(new KernelCall.Stage2WriteProtect(range))
        : new KernelFact.Noted(event, payload);
  }

  private static boolean isLeaf(long spte, int level) {
    return (spte & PRESENT) != 0 && (level == 1 || (spte & LEAF) != 0);
  }

  private static Pfn pfn(long spte) {
    return new Pfn((spte & FRAME) >>> PageSize.BASE_SHIFT);
  }

  private static GpaRange range(Gfn gfn, int level) {
    ByteSize size = new ByteSize(PageSize.BASE_BYTES << (LEVEL_BITS * (level - 1)));
    return new GpaRange(gfn.gpa().alignedDown(size.bytes()), size);
  }

  private MemoryType memoryType(long spte) {
    if (!ept) {
      return MemoryType.NONE;
    }
    return switch ((int) (spte >>> 3) & 7) {
      case 0 -> MemoryType.DEVICE;
      case 1 -> MemoryType.NORMAL_NC;
      default -> MemoryType.NORMAL;
    };
  }
}
