package org.pagetrail.app.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;

/**
 * A kernel as users name it.
 *
 * @param arch such as {@code arm64}
 * @param release such as {@code 6.1}
 * @param fixes names of fixes, applied from left to right
 */
public record KernelName(String arch, String release, List<String> fixes) {
  /** Copies the list. */
  public KernelName {
    fixes = List.copyOf(fixes);
  }

  /** The kernel that a trail says last that it was recorded on or made for. */
  public static KernelName of(Trail trail) {
    for (TrailEntry entry : trail.entries().reversed()) {
      if (entry.event() instanceof HostDescribed host) {
        return of(host);
      }
    }
    return of((HostDescribed) null);
  }

  /** The kernel of a host; null if the trail describes none. */
  static KernelName of(@Nullable HostDescribed host) {
    if (host == null) {
      throw new Trouble(
          "the trail does not say which kernel it comes from",
          "name it with --arch, --kernel and --fix");
    }
    return new KernelName(host.arch(), host.kernel(), host.fixes());
  }

  /** The list without the word {@code none}, which stands for no fix. */
  static List<String> withoutNone(List<String> fixes) {
    return fixes.stream().filter(name -> !name.equals("none")).toList();
  }

  /** The same kernel with other fixes. */
  public KernelName withFixes(List<String> others) {
    return new KernelName(arch, release, withoutNone(others));
  }

  /** {@code arm64 6.1 +bug-2014}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(arch).append(' ').append(release);
    fixes.forEach(fix -> text.append(" +").append(fix));
    return text.toString();
  }
}
