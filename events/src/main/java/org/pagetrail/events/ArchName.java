package org.pagetrail.events;

import java.util.List;
import java.util.Locale;

/**
 * The one name that trails and options have for an architecture of a host, of the many that Java,
 * the kernel, QEMU and files of tables have.
 */
public final class ArchName {
  private static final List<String> KNOWN =
      List.of("arm64", "arm", "x86", "riscv", "loongarch", "mips", "powerpc", "s390");

  private ArchName() {}

  /** Whether a word is a spelling of an architecture that has KVM. */
  public static boolean isKnown(String word) {
    return KNOWN.contains(of(word));
  }

  /**
   * The name for a spelling, such as {@code arm64} for {@code aarch64}; the spelling itself, in
   * small letters, for an architecture that has only one or that nobody knows.
   */
  public static String of(String spelling) {
    String small = spelling.toLowerCase(Locale.ROOT);
    return switch (small) {
      case "aarch64" -> "arm64";
      case "arm32", "armhf", "armv6l", "armv7l" -> "arm";
      case "amd64", "x86_64", "x86-64", "i386", "i586", "i686" -> "x86";
      case "riscv64", "riscv32" -> "riscv";
      case "loongarch64", "loongarch32" -> "loongarch";
      case "mips64", "mipsel", "mips64el", "mips64le" -> "mips";
      case "ppc", "ppc64", "ppc64le", "powerpc64" -> "powerpc";
      case "s390x" -> "s390";
      default -> small;
    };
  }
}
