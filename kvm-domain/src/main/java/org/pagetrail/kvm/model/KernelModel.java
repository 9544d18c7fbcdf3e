package org.pagetrail.kvm.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.kvm.model.stated.StatedDecision;
import org.pagetrail.kvm.model.stated.StatedRule;

/**
 * A kernel as a value: one rule for each question. Fixes make other kernels from it; decisions read
 * nothing else of it.
 */
public final class KernelModel {
  private final Arch arch;
  private final String release;
  private final List<String> fixes;
  private final Map<String, Rule> answers;

  /** Takes note of each question that is asked; none in an ordinary kernel. */
  private final @Nullable Set<String> asked;

  private KernelModel(Arch arch, String release, List<String> fixes, Map<String, Rule> answers) {
    this(arch, release, fixes, answers, null);
  }

  private KernelModel(
      Arch arch,
      String release,
      List<String> fixes,
      Map<String, Rule> answers,
      @Nullable Set<String> asked) {
    this.asked = asked;
    this.arch = arch;
    this.release = release;
    this.fixes = List.copyOf(fixes);
    this.answers = Collections.unmodifiableMap(answers);
  }

  /** A kernel that answers the questions of {@code rules} so. */
  static KernelModel of(Arch arch, String release, Rule... rules) {
    return new KernelModel(arch, release, List.of(), Map.of()).with(rules);
  }

  /** The architecture. */
  public Arch arch() {
    return arch;
  }

  /** The release whose rules these are, before fixes. */
  public String release() {
    return release;
  }

  /** The fixes put in, from left to right. */
  public List<String> fixes() {
    return fixes;
  }

  /** All rules, by the name of their question. */
  public Collection<Rule> rules() {
    return answers.values();
  }

  /**
   * This kernel's answer to a question.
   *
   * @throws IllegalStateException if the question does not arise on this architecture
   */
  public <Q extends Enum<Q> & Rule> Q rule(Class<Q> question) {
    Rule answer = answerTo(question);
    if (answer == null) {
      throw new IllegalStateException(
          arch.word() + " " + release + " has no answer to " + question.getSimpleName());
    }
    return question.cast(answer);
  }

  /** True if the question arises on this architecture. */
  public boolean answers(Class<? extends Rule> question) {
    return answerTo(question) != null;
  }

  private @Nullable Rule answerTo(Class<? extends Rule> question) {
    return answerTo(question.getSimpleName());
  }

  private @Nullable Rule answerTo(String question) {
    if (asked != null) {
      asked.add(question);
    }
    return answers.get(question);
  }

  /**
   * The same kernel, which puts the name of each question that it is asked into a set. Decisions
   * read nothing else of a kernel, so another one that answers these questions alike decides alike.
   */
  public KernelModel noting(Set<String> questions) {
    return new KernelModel(arch, release, fixes, answers, questions);
  }

  /** True if both give the same answer, or none, to each of these questions. */
  public boolean answersAlike(KernelModel other, Set<String> questions) {
    return arch == other.arch
        && questions.stream()
            .allMatch(name -> Objects.equals(answers.get(name), other.answers.get(name)));
  }

  /** True if both give the same answer, or none, to every question. */
  boolean answersAs(KernelModel other) {
    return answers.equals(other.answers);
  }

  /** The rules of this kernel, among these questions, that the other does not have. */
  public List<Rule> differences(KernelModel other, Set<String> questions) {
    return answers.entrySet().stream()
        .filter(answer -> questions.contains(answer.getKey()))
        .filter(answer -> !answer.getValue().equals(other.answers.get(answer.getKey())))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** What a user stated in the place of this kernel's own rules, null if nothing. */
  public @Nullable StatedRule stated(StatedDecision decision) {
    return (StatedRule) answerTo(StatedRule.questionOf(decision));
  }

  /**
   * The kernel with these answers in place of its own.
   *
   * @throws FixRefused if a user has stated what a rule would change
   */
  public KernelModel with(Rule... rules) {
    Map<String, Rule> changed = new TreeMap<>(answers);
    for (Rule rule : rules) {
      Rule before = changed.put(rule.question(), rule);
      if (!rule.equals(before)) {
        refuseIfStated(rule);
      }
    }
    return new KernelModel(arch, release, fixes, changed);
  }

  private void refuseIfStated(Rule rule) {
    for (StatedDecision decision : StatedDecision.values()) {
      StatedRule stated = stated(decision);
      if (stated != null && decision.replaces(rule.question())) {
        throw new FixRefused(
            rule.id() + " would change what " + stated.id() + " has replaced; put it in before");
      }
    }
  }

  /** The same rules under the name of another release. */
  KernelModel named(String newRelease) {
    return new KernelModel(arch, newRelease, fixes, answers);
  }

  /** The same rules on another architecture. */
  KernelModel on(Arch newArch) {
    return new KernelModel(newArch, release, fixes, answers);
  }

  /** The same rules, with one more fix said to be in. */
  KernelModel fixed(String fix) {
    List<String> more = new ArrayList<>(fixes);
    more.add(fix);
    return new KernelModel(arch, release, more, answers);
  }

  /** Such as {@code arm64 6.1 + bug-2014}. */
  @Override
  public String toString() {
    String name = arch.word() + " " + release;
    return fixes.isEmpty() ? name : name + " + " + String.join(" + ", fixes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KernelModel that
        && arch == that.arch
        && release.equals(that.release)
        && fixes.equals(that.fixes)
        && answers.equals(that.answers);
  }

  @Override
  public int hashCode() {
    return answers.hashCode();
  }
}
