package org.pagetrail.kvm.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kernels that are known. */
public final class Kernels {

  private static final Pattern RUNNING = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?!\\d)");

  /** A release with what builders put around it: {@code v6.1.192-oracle}, {@code 3.17-rc5}. */
  private static final Pattern POINT_RELEASE =
      Pattern.compile(
          "v?(\\d{1,4}\\.\\d{1,4})(?:\\.\\d{1,4})?(?:(-rc)\\d{0,3})?(?:[-+~][A-Za-z0-9._+~-]{0,64})?");

  private static final SortedMap<String, KernelModel> NONE = new TreeMap<>();

  /** By architecture and by age. */
  private static final Map<Arch, SortedMap<String, KernelModel>> ALL = new TreeMap<>();

  static {
    ArmKernels.arm().forEach(Kernels::add);
    ArmKernels.arm64().forEach(Kernels::add);
    X86Kernels.all().forEach(Kernels::add);
    PortKernels.all().forEach(Kernels::add);
  }

  private Kernels() {}

  /**
   * The kernel of a release. A point release, as {@code 6.1.192} or what {@code uname -r} says, is
   * that of its release. A release between two whose rules are written down has the rules of the
   * older one, as every change that is known stands under the release that it came with. So has a
   * release candidate that has no rules of its own those of its release, as releases take changes
   * of behaviour before their first candidate.
   *
   * @throws IllegalArgumentException if it is not known; the message says why, and names those that
   *     rules are written down for
   */
  public static KernelModel of(Arch arch, String release) {
    String name = named(arch, release);
    String source = name == null ? null : sourceOf(arch, name);
    if (name == null || source == null) {
      throw new IllegalArgumentException(
          "no rules for "
              + arch.word()
              + " "
              + release
              + absence(arch, release)
              + "; known are "
              + String.join(", ", releases(arch)));
    }
    KernelModel kernel = known(arch, source);
    return source.equals(name) ? kernel : kernel.named(name);
  }

  /**
   * The release of {@link #releases} whose rules a release has: itself, or the newest before it.
   *
   * @throws IllegalArgumentException if it is not known
   */
  public static String source(Arch arch, String release) {
    return String.valueOf(sourceOf(arch, of(arch, release).release()));
  }

  /** The release that is meant, without what builders put around it; null if none is. */
  private static @Nullable String named(Arch arch, String release) {
    Matcher parts = POINT_RELEASE.matcher(release);
    if (!parts.matches()) {
      return null;
    }
    String candidate = parts.group(1) + "-rc";
    boolean own = parts.group(2) != null && releases(arch).contains(candidate);
    return own ? candidate : parts.group(1);
  }

  /**
   * The newest release with rules that is not newer, else the oldest; null if the architecture has
   * no KVM then.
   */
  private static @Nullable String sourceOf(Arch arch, String name) {
    if (!absence(arch, name).isEmpty()) {
      return null;
    }
    return releases(arch).reversed().stream()
        .filter(known -> compare(known, name) <= 0)
        .findFirst()
        .orElse(releases(arch).getFirst());
  }

  private static KernelModel known(Arch arch, String release) {
    return Objects.requireNonNull(ALL.getOrDefault(arch, NONE).get(release));
  }

  /** Why there are no rules for a release; empty if there are, or if it is no release at all. */
  private static String absence(Arch arch, String release) {
    String name = named(arch, release);
    if (name == null) {
      return "";
    }
    if (compare(name, arch.since()) < 0) {
      return ": KVM came to " + arch.word() + " with " + arch.since();
    }
    String gone = arch.gone();
    if (gone != null && compare(name, gone) >= 0) {
      return ": KVM left " + arch.word() + " with " + gone;
    }
    String newest = releases(arch).getLast();
    return gone == null && compare(name, newest) > 0
        ? ": newer than the newest known, " + newest
        : "";
  }

  /** The releases of an architecture whose rules are written down, oldest first. */
  public static List<String> releases(Arch arch) {
    return List.copyOf(ALL.getOrDefault(arch, NONE).keySet());
  }

  /**
   * The release with rules that a running kernel is nearest to: the newest that is not newer, or
   * the oldest of which a tree was read.
   *
   * @param running what {@code uname -r} says, such as {@code 6.18.44-fc}
   * @throws IllegalArgumentException if it does not begin with two numbers
   */
  public static String nearest(Arch arch, String running) {
    List<String> releases = releases(arch);
    Matcher numbers = RUNNING.matcher(running);
    String plain = numbers.lookingAt() ? numbers.group() : null;
    String name = plain == null ? null : Objects.requireNonNullElse(named(arch, running), plain);
    if (name == null || releases.isEmpty()) {
      throw new IllegalArgumentException(
          "no rules for " + arch.word() + " \"" + running + "\"; known are " + releases);
    }
    return releases.reversed().stream()
        .filter(known -> compare(known, name) <= 0)
        .findFirst()
        .orElseGet(
            () -> releases.stream().filter(Chain::isRead).findFirst().orElse(releases.getFirst()));
  }

  /** True if this is the name of a release, with or without rules: {@code 6.1.192}. */
  public static boolean isRelease(String name) {
    return POINT_RELEASE.matcher(name).matches();
  }

  /**
   * What a user should know of where a release's rules are from; null if they are written down for
   * that release itself.
   *
   * @throws IllegalArgumentException if it is not known
   */
  public static @Nullable String origin(Arch arch, String release) {
    String name = of(arch, release).release();
    String source = source(arch, release);
    int order = compare(name, source);
    if (order == 0) {
      return null;
    }
    String rules = arch.word() + " " + name + " has the rules of " + source;
    return order > 0
        ? rules + ": no change is known between them"
        : rules + ", the oldest that was read";
  }

  /** Compares two releases by age. */
  static int compare(String one, String other) {
    return Arrays.compare(version(one), version(other));
  }

  /** The numbers of a release; a release candidate comes before its release. */
  private static int[] version(String release) {
    String[] parts = release.replace("-rc", "").split("\\.", -1);
    int major = Integer.parseInt(parts[0]);
    int minor = Integer.parseInt(parts[1]);
    return new int[] {major, minor, release.endsWith("-rc") ? 0 : 1};
  }

  private static void add(KernelModel kernel) {
    ALL.computeIfAbsent(kernel.arch(), arch -> new TreeMap<>(Kernels::compare))
        .put(kernel.release(), kernel);
  }
}
