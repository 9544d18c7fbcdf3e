package org.pagetrail.kvm.model;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fixes that have a name. */
public final class Fixes {
  private static final Map<String, Fix> BY_NAME = new TreeMap<>();

  /** Letters are quicker to type: a to f are what 2014 tried, g1 to g9 what came since. */
  private static final Map<String, String> LETTERS =
      new TreeMap<>(
          Map.ofEntries(
              entry("a", "arch-writable-guard"),
              entry("b", "generic-zero-page"),
              entry("c", "generic-zero-page-reverted"),
              entry("d", "arch-pfn-valid"),
              entry("e", "device-read-only"),
              entry("e2", "ioremap-writable"),
              entry("e3", "map-at-creation"),
              entry("f", "write-fault-wnr"),
              entry("g1", "read-only-slot-coherency"),
              entry("g2", "device-mappings-2019"),
              entry("g3", "arch-map-memory"),
              entry("g4", "zone-device-not-reserved"),
              entry("g5", "pfnmap-blocks"),
              entry("g6", "pfnmap-normal-nc"),
              entry("g7", "pfnmap-cacheable"),
              entry("g8", "pfnmap-host-leaf"),
              entry("g9", "mte-zero-page")));

  private static final Pattern COMMIT = Pattern.compile("\\b[0-9a-f]{7,40}\\b");

  static {
    for (Fix fix : KnownFixes.all()) {
      BY_NAME.put(fix.name(), fix);
    }
  }

  private Fixes() {}

  /**
   * The fix of this name, of this letter, or of a commit with at least seven of its digits; the
   * identity of a rule names the fix that puts this rule in.
   *
   * @throws IllegalArgumentException if there is none; the message names those that exist
   */
  public static Fix named(String name) {
    Fix fix = BY_NAME.get(LETTERS.getOrDefault(name, name));
    Rule rule = RuleBook.named(name);
    if (rule != null) {
      return KnownFixes.ofRule(rule);
    }
    if (fix == null) {
      fix = byCommit(name);
    }
    if (fix == null) {
      throw new IllegalArgumentException(
          "no fix \""
              + name
              + "\"; known are "
              + String.join(", ", BY_NAME.keySet())
              + ", and every rule of the rule book");
    }
    return fix;
  }

  private static @Nullable Fix byCommit(String name) {
    if (!COMMIT.matcher(name).matches()) {
      return null;
    }
    for (Fix fix : BY_NAME.values()) {
      Matcher commits = COMMIT.matcher(fix.source());
      while (commits.find()) {
        if (commits.group().startsWith(name) || name.startsWith(commits.group())) {
          return fix;
        }
      }
    }
    return null;
  }

  /** The letter that stands for a fix, null if none does. */
  public static @Nullable String letterOf(Fix fix) {
    for (Map.Entry<String, String> letter : LETTERS.entrySet()) {
      if (letter.getValue().equals(fix.name())) {
        return letter.getKey();
      }
    }
    return null;
  }

  /** All fixes with a name, by name. */
  public static Collection<Fix> all() {
    return List.copyOf(BY_NAME.values());
  }

  /**
   * The fixes of a list such as {@code bug-2014,arch-writable-guard}, to be put in from left to
   * right.
   *
   * @throws IllegalArgumentException if one of them is not known
   */
  public static List<Fix> parse(String names) {
    List<Fix> fixes = new ArrayList<>();
    for (String name : names.split(",", -1)) {
      fixes.add(named(name.strip()));
    }
    return fixes;
  }

  /**
   * A kernel with fixes put in from left to right; {@code none} leaves no trace.
   *
   * @throws FixRefused if one of them cannot be put in
   */
  public static KernelModel apply(KernelModel kernel, List<Fix> fixes) {
    KernelModel fixed = kernel;
    for (Fix fix : fixes) {
      fixed = fix.name().equals("none") ? fixed : fix.applyTo(fixed);
    }
    return fixed;
  }
}
