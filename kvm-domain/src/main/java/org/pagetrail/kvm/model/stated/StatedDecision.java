package org.pagetrail.kvm.model.stated;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pagetrail.kvm.model.RuleLayer;

/** A decision of the kernel that a user may state, by the word that stands before {@code :=}. */
public enum StatedDecision {
  MMIO(
      "mmio",
      RuleLayer.GENERIC,
      "The generic predicate: the frame is not ordinary memory. Device decisions and the release of"
          + " references ask it, in the kernels that have it.",
      Set.of("MmioPredicate"),
      Fact.MMIO,
      frameFacts(Fact.MMIO)),

  DEVICE(
      "device",
      RuleLayer.ARCH,
      "The fault path takes the frame for device memory.",
      Set.of("DeviceRule", "DeviceGuard", "HostMmio", "EntryType"),
      Fact.DEVICE,
      faultFacts(Fact.DEVICE)),

  DEVICE_WRITE(
      "device.write",
      RuleLayer.ARCH,
      "A device mapping lets the guest write.",
      Set.of("DevicePermission"),
      Fact.DEVICE_WRITE,
      faultFacts(Fact.DEVICE_WRITE)),

  MEMORY_WRITE(
      "memory.write",
      RuleLayer.ARCH,
      "A mapping of memory lets the guest write.",
      Set.of("EntryPermission"),
      Fact.MEMORY_WRITE,
      faultFacts(Fact.MEMORY_WRITE)),

  RELEASE(
      "release",
      RuleLayer.GENERIC,
      "KVM drops the page reference that the lookup took.",
      Set.of("ReferenceRelease"),
      Fact.RELEASE,
      with(frameFacts(Fact.MMIO), Fact.RELEASE));

  private final String word;
  private final RuleLayer layer;
  private final String sentence;
  private final Set<String> questions;
  private final Fact own;
  private final Set<Fact> facts;

  StatedDecision(
      String word,
      RuleLayer layer,
      String sentence,
      Set<String> questions,
      Fact own,
      Set<Fact> facts) {
    this.word = word;
    this.layer = layer;
    this.sentence = sentence;
    this.questions = questions;
    this.own = own;
    this.facts = facts;
  }

  /** What statements call it. */
  public String word() {
    return word;
  }

  /** Where the kernel takes it. */
  public RuleLayer layer() {
    return layer;
  }

  /** What holds where it says yes. */
  public String sentence() {
    return sentence;
  }

  /** The facts that are known when it is taken, in the order of their declaration. */
  public Set<Fact> facts() {
    return facts;
  }

  /** The fact that expressions name like the decision: what the kernel itself says. */
  public Fact own() {
    return own;
  }

  /** Whether a statement stands in the place of the kernel's answer to this question. */
  public boolean replaces(String question) {
    return questions.contains(question);
  }

  /** The decision of this word, empty if there is none. */
  public static Optional<StatedDecision> named(String word) {
    return Arrays.stream(values()).filter(decision -> decision.word.equals(word)).findFirst();
  }

  /** All words, for people to choose from. */
  public static String words() {
    return Arrays.stream(values()).map(StatedDecision::word).collect(Collectors.joining(", "));
  }

  /** What a predicate that is given nothing but a frame number can find out. */
  private static Set<Fact> frameFacts(Fact own) {
    return with(
        EnumSet.of(
            Fact.PFN_VALID,
            Fact.PFN_RESERVED,
            Fact.PFN_ZERO,
            Fact.PFN_HUGE_ZERO,
            Fact.PFN_ZONE_DEVICE,
            Fact.PFN_MAP_MEMORY),
        own);
  }

  private static Set<Fact> faultFacts(Fact own) {
    EnumSet<Fact> all = EnumSet.allOf(Fact.class);
    all.removeAll(Set.of(Fact.DEVICE, Fact.DEVICE_WRITE, Fact.MEMORY_WRITE, Fact.RELEASE));
    return with(all, own);
  }

  private static Set<Fact> with(Set<Fact> facts, Fact own) {
    EnumSet<Fact> more = EnumSet.of(own);
    more.addAll(facts);
    return Collections.unmodifiableSet(more);
  }
}
