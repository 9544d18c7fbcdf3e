package org.pagetrail.traceimport.capture;

import java.util.Locale;

/** When a snapshot without a time was taken, as its name says. */
public enum Snapshot {
  /** After the machine was made, before the guest ran. */
  BEFORE,
  /** When the guest had stopped; also what a name does not say. */
  AFTER;

  /** Reads a file name such as {@code maps.before.xz}. */
  public static Snapshot of(String name) {
    return name.toLowerCase(Locale.ROOT).contains("before") ? BEFORE : AFTER;
  }
}
