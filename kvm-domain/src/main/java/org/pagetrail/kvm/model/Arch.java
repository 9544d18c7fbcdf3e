package org.pagetrail.kvm.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.ArchName;

/** An architecture of the host, and the releases in which it has KVM. */
public enum Arch {
  ARM64("3.11", null),
  /** 32-bit arm, whose KVM was removed by 541ad0150ca4. */
  ARM("3.9", "5.7"),
  X86("2.6", null),
  RISCV("5.16", null),
  LOONGARCH("6.7", null),
  MIPS("3.10", null),
  POWERPC("2.6", null),
  S390("2.6", null);

  private final String since;
  private final @Nullable String gone;

  Arch(String since, @Nullable String gone) {
    this.since = since;
    this.gone = gone;
  }

  /** The name that options and trails use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The first release with KVM on this architecture. */
  public String since() {
    return since;
  }

  /** The first release without it again; null if it is still there. */
  public @Nullable String gone() {
    return gone;
  }

  /**
   * Reads that name, or another that Java, the kernel or QEMU has for it.
   *
   * @throws IllegalArgumentException if it is another; the message names those that are known
   */
  public static Arch of(String word) {
    return named(word)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "architecture \"" + word + "\" is not known; known are " + words()));
  }

  /** The same; empty if nothing has that name. */
  public static Optional<Arch> named(String word) {
    String name = ArchName.of(word);
    return Arrays.stream(values()).filter(arch -> arch.word().equals(name)).findFirst();
  }

  /** All names, for people to choose from. */
  public static String words() {
    return Arrays.stream(values()).map(Arch::word).collect(Collectors.joining(", "));
  }
}
