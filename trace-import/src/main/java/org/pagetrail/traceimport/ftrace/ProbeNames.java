package org.pagetrail.traceimport.ftrace;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.ProbeMeaning;

/**
 * Which probe event means what. A probe is named by whoever defines it, so a user can add names; a
 * name ending in {@code _ret} is the return of the name before it.
 *
 * @param byName the meaning of a probe at a function's entry, by the event's name
 */
public record ProbeNames(Map<String, ProbeMeaning> byName) {
  private static final String RETURN = "_ret";

  /** What the recorder of the captures calls its probes. */
  public static final ProbeNames DEFAULT =
      new ProbeNames(
          Map.ofEntries(
              Map.entry("s2map", ProbeMeaning.STAGE2_MAP),
              Map.entry("s2relax", ProbeMeaning.STAGE2_RELAX),
              Map.entry("s2unmap", ProbeMeaning.STAGE2_UNMAP),
              Map.entry("s2wp", ProbeMeaning.STAGE2_WRITE_PROTECT),
              Map.entry("s2mkyoung", ProbeMeaning.STAGE2_MAKE_YOUNG),
              Map.entry("gfn2pfn", ProbeMeaning.LOOK_UP_PFN),
              Map.entry("memslot", ProbeMeaning.SET_MEMSLOT),
              Map.entry("iomem", ProbeMeaning.EMULATE_MMIO),
              Map.entry("injpabt", ProbeMeaning.INJECT_INSTRUCTION_ABORT),
              Map.entry("injdabt", ProbeMeaning.INJECT_DATA_ABORT),
              Map.entry("abort", ProbeMeaning.HANDLE_ABORT),
              Map.entry("device", ProbeMeaning.ASK_DEVICE),
              Map.entry("device_in", ProbeMeaning.ASK_DEVICE)));

  /** Copies the map. */
  public ProbeNames {
    byName = Map.copyOf(byName);
  }

  /** These names and one more, which wins over an equal one. */
  public ProbeNames with(String name, ProbeMeaning meaning) {
    Map<String, ProbeMeaning> more = new TreeMap<>(byName);
    more.put(name, meaning);
    return new ProbeNames(more);
  }

  /** What a probe at the entry of a function means, or null for a name that nobody defined. */
  @Nullable ProbeMeaning entry(String event) {
    return byName.get(event);
  }

  /** What a probe at the return of a function means, or null. */
  @Nullable ProbeMeaning atReturn(String event) {
    return event.endsWith(RETURN)
        ? byName.get(event.substring(0, event.length() - RETURN.length()))
        : null;
  }
}
