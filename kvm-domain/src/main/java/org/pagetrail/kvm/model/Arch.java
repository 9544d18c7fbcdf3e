package org.pagetrail.kvm.model;

import java.util.Locale;

/** An architecture of the host. */
public enum Arch {
  ARM64,
  ARM,
  X86;

  /** The name that options and trails use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads that name.
   *
   * @throws IllegalArgumentException if it is another
   */
  public static Arch of(String word) {
    for (Arch arch : values()) {
      if (arch.word().equals(word)) {
        return arch;
      }
    }
    throw new IllegalArgumentException("architecture \"" + word + "\": say arm64, arm or x86");
  }
}
