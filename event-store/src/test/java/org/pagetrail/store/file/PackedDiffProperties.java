package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.machine.HostPage;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.fold.MemoryStory;
import org.pagetrail.store.fold.PageDifference;

class PackedDiffProperties {
  private static final MachineProjection OBJECTS = new MachineProjection();
  private static final int ALL = Integer.MAX_VALUE;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aDiffFindsThePagesThatTwoWholeFoldsKnowDifferently(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int common = random.nextInt(3000);
    List<TrailEntry> start = new MemoryStory(seed).entries(0, common);
    List<TrailEntry> left = new ArrayList<>(start);
    left.addAll(new MemoryStory(seed + 100).entries(common, 1 + random.nextInt(200)));
    List<TrailEntry> right = new ArrayList<>(start);
    right.addAll(new MemoryStory(seed + 200).entries(common, 1 + random.nextInt(200)));

    PackedDiff.Outcome outcome = diff(left, right, random);

    assertThat(outcome.partedAt()).as("seed %d", seed).isEqualTo(firstDifferent(left, right));
    MachineState leftState = OBJECTS.fold(left);
    MachineState rightState = OBJECTS.fold(right);
    TreeSet<Long> guest = new TreeSet<>();
    TreeSet<Long> host = new TreeSet<>();
    for (PageDifference difference : outcome.differences().listed()) {
      switch (difference) {
        case PageDifference.OfGuest it -> addPages(guest, it.first(), it.pages(), 0);
        case PageDifference.OfHost it -> addPages(host, it.first(), it.pages(), MemoryStory.HOST);
      }
    }
    for (long page = 0; page < MemoryStory.PAGES; page++) {
      Gfn gfn = new Gfn(page);
      boolean sameGuest =
          said(leftState.stage2().at(gfn.gpa())).equals(said(rightState.stage2().at(gfn.gpa())));
      assertThat(guest.contains(page)).as("seed %d, %s", seed, gfn).isEqualTo(!sameGuest);
      Hva hva = new Hva((MemoryStory.HOST + page) << 12);
      boolean sameHost =
          said(leftState.host().pageAt(hva)).equals(said(rightState.host().pageAt(hva)));
      assertThat(host.contains(MemoryStory.HOST + page))
          .as("seed %d, %s", seed, hva)
          .isEqualTo(!sameHost);
    }
  }

  private static void addPages(Set<Long> into, long first, long pages, long from) {
    long end = Math.min(first + pages, from + MemoryStory.PAGES);
    for (long page = Math.max(first, from); page < end; page++) {
      into.add(page);
    }
  }

  private static String said(@Nullable Stage2Entry entry) {
    return entry == null
        ? "nothing"
        : List.of(entry.pfn(), entry.leafPages(), entry.perms(), entry.memoryType()).toString();
  }

  private static String said(@Nullable HostPage page) {
    return page == null
        ? "nothing"
        : page.pfn() + " " + page.kind() + " " + page.writable() + " " + (page.doubted() < 0);
  }

  private static long firstDifferent(List<TrailEntry> left, List<TrailEntry> right) {
    int at = 0;
    while (at < Math.min(left.size(), right.size())
        && left.get(at).event().equals(right.get(at).event())) {
      at++;
    }
    return at;
  }

  @Test
  void aTrailDoesNotDifferFromItselfHoweverItWasAppended() {
    List<TrailEntry> entries = new MemoryStory(9).entries(0, 2000);

    PackedDiff.Outcome outcome = diff(entries, entries, new SplittableRandom(9));

    assertThat(outcome.partedAt()).isEqualTo(2000);
    assertThat(outcome.differences().isEmpty()).isTrue();
  }

  private PackedDiff.Outcome diff(
      List<TrailEntry> left, List<TrailEntry> right, SplittableRandom random) {
    Path leftFile = write("left.trail", left, random);
    Path rightFile = write("right.trail", right, random);
    try (FileTrailLog leftLog = FileTrailLog.open(leftFile);
        FileTrailLog rightLog = FileTrailLog.open(rightFile)) {
      return PackedDiff.of(leftLog, rightLog, ALL);
    }
  }

  /** In blocks of all sizes. */
  private Path write(String name, List<TrailEntry> entries, SplittableRandom random) {
    Path file = folder.resolve(name);
    try (FileTrailLog log = FileTrailLog.append(file, "story")) {
      Objects.requireNonNull(log.writer()).sealEvery(700);
      for (int from = 0; from < entries.size(); ) {
        int to = Math.min(entries.size(), from + 1 + random.nextInt(400));
        log.append(entries.subList(from, to).stream().map(LogEntry.Recorded::new).toList());
        from = to;
      }
    }
    return file;
  }
}
