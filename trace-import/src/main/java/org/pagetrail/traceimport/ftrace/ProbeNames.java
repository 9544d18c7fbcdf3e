package org.pagetrail.traceimport.ftrace;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.ProbeMeaning;

/**
 * Which probe event means what. A probe is named by whoever defines it, so a user can add names; a
 * name ending in {@code _ret} is the return of the name before it.
 *
 * @param byName the meaning of a probe at a function's entry, by the event's name
 * @param byReturn the meaning of a probe at a function's return, by the event's name
 * @param fields by the event's name, what its arguments are called in {@link ProbeMeaning}
 */
public record ProbeNames(
    Map<String, ProbeMeaning> byName,
    Map<String, ProbeMeaning> byReturn,
    Map<String, Map<String, String>> fields) {
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
              Map.entry("device_in", ProbeMeaning.ASK_DEVICE)),
          Map.of(),
          Map.of());

  /** Copies the maps. */
  public ProbeNames {
    byName = Map.copyOf(byName);
    byReturn = Map.copyOf(byReturn);
    fields = Map.copyOf(fields);
  }

  /** These names and one more, which wins over an equal one. */
  public ProbeNames with(String name, ProbeMeaning meaning) {
    return with(name, meaning, false, Map.of());
  }

  /**
   * These names and one more, which wins over an equal one.
   *
   * @param atReturn true for a probe at the return of the function
   * @param arguments the names of {@link ProbeMeaning} by those of the probe, where they differ
   */
  public ProbeNames with(
      String name, ProbeMeaning meaning, boolean atReturn, Map<String, String> arguments) {
    Map<String, ProbeMeaning> entries = new TreeMap<>(byName);
    Map<String, ProbeMeaning> returns = new TreeMap<>(byReturn);
    entries.remove(name);
    returns.remove(name);
    (atReturn ? returns : entries).put(name, meaning);
    Map<String, Map<String, String>> renamed = new TreeMap<>(fields);
    renamed.put(name, Map.copyOf(arguments));
    return new ProbeNames(entries, returns, renamed);
  }

  /** What a probe at the entry of a function means, or null for a name that nobody defined. */
  @Nullable ProbeMeaning entry(String event) {
    return byName.get(event);
  }

  /** What a probe at the return of a function means, or null. */
  @Nullable ProbeMeaning atReturn(String event) {
    ProbeMeaning named = byReturn.get(event);
    if (named != null) {
      return named;
    }
    return event.endsWith(RETURN)
        ? byName.get(event.substring(0, event.length() - RETURN.length()))
        : null;
  }

  /** All names of probes, at entries and at returns. */
  Set<String> all() {
    Set<String> all = new TreeSet<>(byName.keySet());
    byName.keySet().forEach(name -> all.add(name + RETURN));
    all.addAll(byReturn.keySet());
    return all;
  }

  /**
   * What the arguments of a probe mean.
   *
   * @param meanings by the names of {@link ProbeMeaning}
   * @return by the names that the probe gives them
   */
  <T> Map<String, T> arguments(String event, Map<String, T> meanings) {
    Map<String, T> renamed = new TreeMap<>(meanings);
    fields
        .getOrDefault(event, Map.of())
        .forEach((argument, name) -> {
          T meaning = meanings.get(name);
          if (meaning == null) {
            renamed.remove(argument);
          } else {
            renamed.put(argument, meaning);
          }
        });
    return renamed;
  }
}
