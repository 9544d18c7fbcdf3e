package org.pagetrail.app.matrix;

import java.util.List;

/**
 * What one scenario comes to on one kernel with one column of fixes.
 *
 * @param outcome in a word or two: how the last access ended, or the entry behind it
 * @param verdict what kind of outcome that is
 * @param findings the anchors of what was found, each once
 * @param reason the rule that decided, the question that is open, or why the fix was refused
 */
public record Cell(String outcome, Verdict verdict, List<String> findings, String reason) {
  /** Kinds of outcomes. */
  public enum Verdict {
    /** The access did what it should, and nothing was found. */
    GOOD,
    /** Something was found. */
    FOUND,
    /** The guest cannot go on: KVM_RUN failed, or the host stopped. */
    FAILED,
    /** The model does not know. */
    UNKNOWN,
    /** The kernel takes no such memslot. */
    NO_SLOT,
    /** The kernel has nothing that the fix could change. */
    REFUSED
  }

  /** Copies the list. */
  public Cell {
    findings = List.copyOf(findings);
  }

  /** The outcome, with a mark where something was found. */
  String text() {
    return verdict == Verdict.FOUND ? outcome + "!" : outcome;
  }

  /** The same, where a leaked reference alone is no mark. */
  String textWithoutLeak() {
    return verdict == Verdict.FOUND && isBroken() ? outcome + "!" : outcome;
  }

  /** How much is wrong, a leaked reference aside. */
  int faults() {
    long found = findings.stream().filter(finding -> !finding.equals(Matrix.LEAK)).count();
    return (int) found + (verdict == Verdict.FAILED ? 1 : 0);
  }

  /** Whether a guest or a host is worse off than it should be. */
  boolean isBad() {
    return verdict == Verdict.FOUND || verdict == Verdict.FAILED;
  }

  /** Whether anything but a leaked reference is wrong. */
  boolean isBroken() {
    return faults() > 0;
  }
}
