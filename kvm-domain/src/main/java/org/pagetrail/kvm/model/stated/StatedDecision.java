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
      Fact.MMIO),

  DEVICE(
      "device", RuleLayer.ARCH, "The fault path takes the frame for device memory.", Fact.DEVICE),

  DEVICE_WRITE(
      "device.write", RuleLayer.ARCH, "A device mapping lets the guest write.", Fact.DEVICE_WRITE),

  MEMORY_WRITE(
      "memory.write",
      RuleLayer.ARCH,
      "A mapping of memory lets the guest write.",
      Fact.MEMORY_WRITE),

  RELEASE(
      "release",
      RuleLayer.GENERIC,
      "KVM drops the page reference that the lookup took.",
      Fact.RELEASE);

  private final String word;
  private final RuleLayer layer;
  private final String sentence;
  private final Fact own;

  StatedDecision(String word, RuleLayer layer, String sentence, Fact own) {
    this.word = word;
    this.layer = layer;
    this.sentence = sentence;
    this.own = own;
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
    return switch (this) {
      case MMIO -> frameFacts(own);
      case RELEASE -> with(frameFacts(own), Fact.MMIO);
      case DEVICE, DEVICE_WRITE, MEMORY_WRITE -> faultFacts(own);
    };
  }

  /** The fact that expressions name like the decision: what the kernel itself says. */
  public Fact own() {
    return own;
  }

  /** Whether a statement stands in the place of the kernel's answer to this question. */
  public boolean replaces(String question) {
    return switch (this) {
      case MMIO -> question.equals("MmioPredicate");
      case DEVICE ->
          Set.of("DeviceRule", "DeviceGuard", "HostMmio", "EntryType").contains(question);
      case DEVICE_WRITE -> question.equals("DevicePermission");
      case MEMORY_WRITE -> question.equals("EntryPermission");
      case RELEASE -> question.equals("ReferenceRelease");
    };
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
