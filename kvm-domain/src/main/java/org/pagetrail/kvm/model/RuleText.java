package org.pagetrail.kvm.model;

import com.google.errorprone.annotations.Immutable;

/**
 * What the rule book prints of a rule.
 *
 * @param id the identity, such as {@code arm64/device/pfn-invalid}; never changes its meaning
 * @param layer where in the kernel it lives
 * @param source commits and releases that it is known from
 * @param sentence what it says
 */
@Immutable
public record RuleText(String id, RuleLayer layer, String source, String sentence) {

  /** A rule of code that all architectures share. */
  public static RuleText generic(String id, String source, String sentence) {
    return new RuleText(id, RuleLayer.GENERIC, source, sentence);
  }

  /** What {@link #unknown} begins identities with. */
  static final String UNKNOWN = "unknown/";

  private static final String NOT_KNOWN = "Not known: ";

  /**
   * The place of a rule that nobody has read: its kernel does something here, and the model does
   * not say what.
   *
   * @param id begins with {@code unknown/}
   */
  public static RuleText unknown(String id, String question) {
    if (!id.startsWith(UNKNOWN)) {
      throw new IllegalArgumentException("\"" + id + "\" does not begin with " + UNKNOWN);
    }
    return arch(id, "not looked at in this release", NOT_KNOWN + question);
  }

  /** What is open where a decision stops at this rule: the question, or all that the rule says. */
  public String openQuestion() {
    return sentence.startsWith(NOT_KNOWN) ? sentence.substring(NOT_KNOWN.length()) : sentence;
  }

  /** A rule of one architecture's code. */
  public static RuleText arch(String id, String source, String sentence) {
    return new RuleText(id, RuleLayer.ARCH, source, sentence);
  }
}
