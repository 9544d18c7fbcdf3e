package org.pagetrail.kvm.host;

import java.util.Locale;

/** The host's setting for transparent huge pages of private anonymous memory. */
public enum ThpMode {
  ALWAYS,
  MADVISE,
  NEVER;

  /** The word that sysfs and {@code HostDescribed} use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads that word.
   *
   * @throws IllegalArgumentException if it is another
   */
  public static ThpMode of(String word) {
    for (ThpMode mode : values()) {
      if (mode.word().equals(word)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "transparent huge pages \"" + word + "\": say always, madvise or never");
  }
}
