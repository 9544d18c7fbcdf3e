package org.pagetrail.kvm.conform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a recorded arm64 step that speak of the slot, one word for each decision, in the
 * same words as {@link ModelTrace}.
 */
final class ArmTrace {
  private static final long SLOT = 0x40000000L;
  private static final long SLOT_END = 0x40400000L;
  private static final long SLOT_BYTES = SLOT_END - SLOT;
  private static final long ERROR_PFN = 0x7ff;
  private static final long OLD_READ = 1 << 2;
  private static final Pattern FIELD = Pattern.compile("(\\w+)[=:]? ?(-?(?:0x)?[0-9a-f]+)\\b");
  private static final Pattern FAULT =
      Pattern.compile("kvm_guest_fault: ipa (\\w+), hsr (\\w+), hxfar (\\w+), pc .*");
  private static final Pattern MMIO =
      Pattern.compile("kvm_mmio: mmio (write|unsatisfied-read) len (\\d+) gpa (\\w+) .*");
  private static final Pattern RANGE = Pattern.compile(".*: (0x\\w+)(?: -- (0x\\w+))?");

  private final Set<Long> slotHvas;
  private final boolean newer;
  private final List<String> words = new ArrayList<>();
  private boolean inSlot;

  /** The last call of each probed function: a notifier maps within a lookup. */
  private final Map<String, String> calls = new HashMap<>();

  private ArmTrace(Set<Long> slotHvas, boolean newer) {
    this.slotHvas = slotHvas;
    this.newer = newer;
  }

  /** True for an entry that may be read, as all may, in the numbering of 7.2 only. */
  static boolean isNewer(String line) {
    return line.startsWith("s2map:") && (number(line, "prot") & OLD_READ) == 0;
  }

  /**
   * The words of a step; {@code slotHvas} are the host addresses at which slots lay, {@code newer}
   * the numbering of permissions.
   */
  static List<String> words(List<String> trace, Set<Long> slotHvas, boolean newer) {
    ArmTrace words = new ArmTrace(slotHvas, newer);
    trace.forEach(words::line);
    return words.words;
  }

  private void line(String line) {
    Matcher fault = FAULT.matcher(line);
    Matcher mmio = MMIO.matcher(line);
    if (fault.matches()) {
      long ipa = hex(fault.group(1));
      inSlot = isSlot(ipa);
      if (inSlot) {
        long far = hex(fault.group(3));
        words.add(fault(ipa | (far & 0xfff), hex(fault.group(2))));
      }
    } else if (mmio.matches()) {
      if (inSlot) {
        boolean write = mmio.group(1).equals("write");
        words.add("mmio %s %s %s".formatted(mmio.group(3), mmio.group(2), write));
      }
    } else if (line.startsWith("kvm_unmap_hva_range") || line.startsWith("kvm_set_spte_hva")) {
      notifier(line);
    } else {
      probe(line);
    }
  }

  static String fault(long gpa, long esr) {
    return "fault 0x%x type 0x%x write %d valid %d class 0x%x"
        .formatted(gpa, esr & 0x3f, esr >>> 6 & 1, esr >>> 24 & 1, esr >>> 26);
  }

  private void notifier(String line) {
    Matcher range = RANGE.matcher(line);
    if (!range.matches()) {
      return;
    }
    long from = hex(range.group(1));
    @Nullable String end = range.group(2);
    long to = end == null ? from + 1 : hex(end);
    for (long hva : slotHvas) {
      if (from < hva + SLOT_BYTES && to > hva) {
        words.add(
            end == null
                ? "changed 0x%x".formatted(from - hva)
                : "invalidated 0x%x 0x%x".formatted(from - hva, to - hva));
        return;
      }
    }
  }

  private void probe(String line) {
    String name = line.substring(0, Math.max(0, line.indexOf(':')));
    switch (name) {
      case "gfn2pfn", "device_in", "s2map", "s2relax" -> calls.put(name, line);
      case "gfn2pfn_ret" -> {
        if (inSlot) {
          words.add(
              "lookup 0x%x write %s %s"
                  .formatted(
                      number(call("gfn2pfn"), "gfn"),
                      text(call("gfn2pfn"), "write"),
                      found(number(line, "pfn"))));
        }
      }
      case "device_ret" -> {
        if (inSlot) {
          words.add(
              "device writable %s is %s"
                  .formatted(text(call("device_in"), "writable"), text(line, "device")));
        }
      }
      case "s2map_ret" -> {
        if (isSlot(number(call("s2map"), "ipa"))) {
          words.add(
              "map 0x%x 0x%x prot 0x%x ret %s"
                  .formatted(
                      number(call("s2map"), "ipa"),
                      number(call("s2map"), "size"),
                      prot(number(call("s2map"), "prot")),
                      text(line, "ret")));
        }
      }
      case "s2relax_ret" ->
          words.add(
              "relax 0x%x prot 0x%x ret %s"
                  .formatted(
                      number(call("s2relax"), "ipa"),
                      prot(number(call("s2relax"), "prot")),
                      text(line, "ret")));
      case "s2unmap", "s2wp" -> {
        if (isSlot(number(line, "ipa"))) {
          words.add(
              "%s 0x%x 0x%x"
                  .formatted(
                      name.equals("s2wp") ? "protect" : "unmap",
                      number(line, "ipa"),
                      number(line, "size")));
        }
      }
      case "injpabt" -> words.add("abort injected");
      case "abort_ret" -> {
        if (inSlot) {
          words.add("handled " + text(line, "ret"));
          inSlot = false;
        }
      }
      default -> {}
    }
  }

  /** In the numbering until 6.18: execute, write, read, device; 7.2 has two bits for execute. */
  private long prot(long bits) {
    return newer ? ((bits >>> 1) & ~1L) | (bits & 1) : bits;
  }

  private String call(String name) {
    return calls.getOrDefault(name, "");
  }

  private static String found(long pfn) {
    if (pfn >>> 52 != ERROR_PFN) {
      return "FOUND";
    }
    return switch ((int) pfn) {
      case 1 -> "HWPOISON";
      case 2 -> "RO_FAULT";
      default -> "FAULT";
    };
  }

  private static long number(String line, String field) {
    String text = text(line, field);
    return text.startsWith("0x") ? hex(text) : Long.parseLong(text);
  }

  private static String text(String line, String field) {
    Matcher fields = FIELD.matcher(line);
    while (fields.find()) {
      if (fields.group(1).equals(field)) {
        return fields.group(2);
      }
    }
    throw new AssertionError("no " + field + " in " + line);
  }

  private static boolean isSlot(long ipa) {
    return ipa >= SLOT && ipa < SLOT_END;
  }

  private static long hex(String text) {
    return Long.parseUnsignedLong(text.substring(2), 16);
  }
}
