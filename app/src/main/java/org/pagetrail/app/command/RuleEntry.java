package org.pagetrail.app.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pagetrail.guest.GuestRule;
import org.pagetrail.guest.GuestRules;
import org.pagetrail.kvm.model.Fix;
import org.pagetrail.kvm.model.Rule;
import org.pagetrail.kvm.model.RuleBook;
import org.pagetrail.qemu.QemuRules;

/**
 * A rule as printed.
 *
 * @param question what it answers: several rules answer the same question in different releases
 * @param id its identity
 * @param layer the part of the world that it belongs to, a word of {@link RuleEntry.Layer}
 * @param source commits and releases that it is known from
 * @param sentence what it says
 */
record RuleEntry(String question, String id, String layer, String source, String sentence) {

  /** The parts of the world that rules belong to. */
  enum Layer {
    /** Code of the host kernel that all architectures share. */
    GENERIC,
    /** Code of the host kernel for one architecture. */
    ARCH,
    /** The monitor. */
    QEMU,
    /** Guest and firmware. */
    GUEST
  }

  /** Every rule of every layer, by layer, question and identity. */
  static List<RuleEntry> book() {
    List<RuleEntry> entries = new ArrayList<>();
    RuleBook.all().forEach(rule -> entries.add(of(rule)));
    QemuRules.all().forEach(rule -> entries.add(of(rule)));
    GuestRules.all().forEach(rule -> entries.add(of(rule)));
    entries.sort(
        Comparator.comparing((RuleEntry entry) -> Layer.valueOf(entry.layer()))
            .thenComparing(RuleEntry::question)
            .thenComparing(RuleEntry::id));
    return entries;
  }

  /** A rule of the host kernel. */
  static RuleEntry of(Rule rule) {
    return new RuleEntry(
        rule.question(),
        rule.id(),
        rule.layer().name(),
        rule.text().source(),
        rule.text().sentence());
  }

  private static RuleEntry of(org.pagetrail.qemu.rule.Rule rule) {
    return new RuleEntry(
        subject(rule.id()), rule.id(), Layer.QEMU.name(), rule.source(), rule.sentence());
  }

  private static RuleEntry of(GuestRule rule) {
    return new RuleEntry(
        subject(rule.id()), rule.id(), Layer.GUEST.name(), rule.source(), rule.sentence());
  }

  /** A fix of the host kernel. */
  static RuleEntry of(Fix fix) {
    return new RuleEntry(fix.name(), fix.name(), fix.layer().name(), fix.source(), fix.sentence());
  }

  /** What stands before the last part of an identity. */
  private static String subject(String id) {
    return id.substring(0, id.lastIndexOf('/'));
  }
}
