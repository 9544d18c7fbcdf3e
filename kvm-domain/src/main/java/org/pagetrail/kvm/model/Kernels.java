package org.pagetrail.kvm.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kernels that are known. */
public final class Kernels {

  private static final Pattern RUNNING = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?!\\d)");

  private static final Pattern RELEASE = Pattern.compile("\\d{1,4}\\.\\d{1,4}(-rc)?");

  /** A release with what builders put around it: {@code v6.1.192-oracle}, {@code 3.17-rc5}. */
  private static final Pattern POINT_RELEASE =
      Pattern.compile(
          "v?(\\d{1,4}\\.\\d{1,4})(?:\\.\\d{1,4})?(?:(-rc)\\d{0,3})?(?:[-+~][A-Za-z0-9._+~-]{0,64})?");

  private static final Map<Arch, Map<String, KernelModel>> ALL = new TreeMap<>();

  static {
    ArmKernels.arm().forEach(Kernels::add);
    ArmKernels.arm64().forEach(Kernels::add);
    X86Kernels.all().forEach(Kernels::add);
    PortKernels.all().forEach(Kernels::add);
  }

  private Kernels() {}

  /**
   * The kernel of a release. A point release, as {@code 6.1.192} or what {@code uname -r} says, is
   * that of its release. A release candidate that has no rules of its own is that of its release
   * too, as releases take changes of behaviour before their first candidate.
   *
   * @throws IllegalArgumentException if it is not known; the message says why, and names those that
   *     are
   */
  public static KernelModel of(Arch arch, String release) {
    KernelModel kernel = named(ALL.getOrDefault(arch, Map.of()), release);
    if (kernel == null) {
      throw new IllegalArgumentException(
          "no rules for "
              + arch.word()
              + " "
              + release
              + absence(arch, release)
              + "; known are "
              + String.join(", ", releases(arch)));
    }
    return kernel;
  }

  private static @Nullable KernelModel named(Map<String, KernelModel> known, String release) {
    KernelModel kernel = known.get(release);
    Matcher parts = POINT_RELEASE.matcher(release);
    if (kernel != null || !parts.matches()) {
      return kernel;
    }
    KernelModel candidate = parts.group(2) == null ? null : known.get(parts.group(1) + "-rc");
    return candidate == null ? known.get(parts.group(1)) : candidate;
  }

  /** Why a release cannot have KVM on an architecture; empty if it may have it. */
  private static String absence(Arch arch, String release) {
    if (!RELEASE.matcher(release).matches()) {
      return "";
    }
    if (compare(release, arch.since()) < 0) {
      return ": KVM came to " + arch.word() + " with " + arch.since();
    }
    String gone = arch.gone();
    return gone == null || compare(release, gone) < 0
        ? ""
        : ": KVM left " + arch.word() + " with " + gone;
  }

  /** The releases known of an architecture, oldest first. */
  public static List<String> releases(Arch arch) {
    List<String> releases = new ArrayList<>(ALL.getOrDefault(arch, Map.of()).keySet());
    releases.sort((a, b) -> Arrays.compare(version(a), version(b)));
    return releases;
  }

  /**
   * The release known that a running kernel is nearest to: the newest that is not newer, or the
   * oldest of all.
   *
   * @param running what {@code uname -r} says, such as {@code 6.18.44-fc}
   * @throws IllegalArgumentException if it does not begin with two numbers
   */
  public static String nearest(Arch arch, String running) {
    Matcher numbers = RUNNING.matcher(running);
    List<String> releases = releases(arch);
    if (!numbers.lookingAt() || releases.isEmpty()) {
      throw new IllegalArgumentException(
          "no rules for " + arch.word() + " \"" + running + "\"; known are " + releases);
    }
    int[] version = {Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)), 1};
    String nearest = releases.getFirst();
    for (String release : releases) {
      if (Arrays.compare(version(release), version) <= 0) {
        nearest = release;
      }
    }
    return nearest;
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
    ALL.computeIfAbsent(kernel.arch(), arch -> new TreeMap<>()).put(kernel.release(), kernel);
  }
}
