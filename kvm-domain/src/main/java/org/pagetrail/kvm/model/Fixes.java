package org.pagetrail.kvm.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fixes that have a name. */
public final class Fixes {
  private static final Map<String, Fix> BY_NAME = new TreeMap<>();

  static {
    for (Fix fix : KnownFixes.all()) {
      BY_NAME.put(fix.name(), fix);
    }
  }

  private Fixes() {}

  /**
   * The fix of this name; the identity of a rule names the fix that puts this rule in.
   *
   * @throws IllegalArgumentException if there is none; the message names those that exist
   */
  public static Fix named(String name) {
    Fix fix = BY_NAME.get(name);
    Rule rule = RuleBook.named(name);
    if (rule != null) {
      return KnownFixes.ofRule(rule);
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
