package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Unmapped;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.store.TrailFile;

/** One page of a stored trail, and the checkpoints that it comes from. */
class StoredPageTest {
  @TempDir private Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void aReadOnlySlotWhoseFirstPageIsMappedAndUnmapped() {
    file = folder.resolve("page.trail");
    Trail trail = new Trail();
    Gpa flash = new Gpa(0x4000000);
    Pfn zero = new Pfn(0x40a87);
    Event[] events = {
      new MemslotSet(
          SlotId.of(1),
          SlotChange.CREATE,
          SlotFlags.READ_ONLY,
          flash,
          ByteSize.mebibytes(64),
          new Hva(0x7f0000000000L),
          0),
      new PfnResolved(new Gfn(0x4000), false, LookupResult.FOUND, zero, PageKind.ZERO_PAGE, false),
      new Stage2Mapped(flash, ByteSize.PAGE, zero, Perms.R, MemoryType.NORMAL, 0),
      new Stage2Unmapped(new GpaRange(flash, ByteSize.mebibytes(64)))
    };
    for (int i = 0; i < events.length; i++) {
      Source source = new Source("trace.txt", i + 1, 10L * i);
      trail.observed(1_000_000_000L * (i + 1), events[i], new TreeSet<>(), source);
    }
    TrailFile.write(file, "a page", trail);
  }

  private static Ran run(Object... words) {
    return Ran.of(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
  }

  @Test
  void replayOfOnePageTellsSlotHostPageAndStage2() {
    Ran ran = run("replay", file, "--at", "2", "--gpa", "0x4000abc");

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .isEqualTo(
            """
            Guest page 0x4000000 after event 2
            slot     1, read-only, 0x4000000-0x7ffffff at 0x7f0000000000, set by event 0
            host     0x7f0000000000, ZERO_PAGE, pfn 0x40a87, not writable, said by event 1
            stage 2  pfn 0x40a87 r-- NORMAL in an entry of 0x1000, mapped by event 2
            """);
  }

  @Test
  void theMomentMayBeATimeAndTheDefaultIsTheEnd() {
    String mapped = run("replay", file, "--at", "3.9s", "--gpa", "0x4000000").out();
    assertThat(mapped).isEqualTo(run("replay", file, "--at", "2", "--gpa", "0x4000000").out());
    assertThat(run("replay", file, "--gpa", "0x4000000").out())
        .contains("after event 3")
        .contains("stage 2  maps nothing");
    assertThat(run("replay", file, "--at", "0.5s", "--gpa", "0x4000000").err())
        .contains("the trail has nothing at 0.5s");
    assertThat(run("replay", file, "--at", "4", "--gpa", "0x4000000").err())
        .contains("its events are 0 to 3");
  }

  @Test
  void whatWasNotRecordedOfStage2IsNotSaidToBeNothing() {
    String atFirst = run("replay", file, "--at", "1", "--gpa", "0x4000000").out();
    assertThat(atFirst).contains("stage 2  maps nothing");

    Path slots = folder.resolve("slots.trail");
    Trail trail = new Trail();
    TrailFile.read(file).entries().stream()
        .limit(2)
        .forEach(entry -> trail.assumed(entry.timeNanos(), entry.event(), new TreeSet<>()));
    TrailFile.write(slots, "slots", trail);
    assertThat(run("replay", slots, "--gpa", "0x4000000").out())
        .contains("stage 2  not recorded: no event of the trail is about it");
    assertThat(run("replay", slots).out())
        .contains("Nothing was recorded of stage 2: no event maps, unmaps or faults into it.");
    assertThat(run("audit", slots, "--gpa", "0x4000000").out())
        .contains("No event of the trail maps, unmaps or faults into stage 2")
        .contains("What the trail does not tell");
    assertThat(run("audit", file, "--at", "1", "--gpa", "0x4000000").out())
        .contains("2 never mapped it");
  }

  @Test
  void theJsonOfOnePageHasItsEvents() {
    assertThat(run("replay", file, "--at", "2", "--gpa", "0x4000000", "--json").out())
        .contains("\"seq\" : 2", "\"gfn\" : \"0x4000\"", "\"mappedSeq\" : 2");
  }

  @Test
  void rebuildOfAWholeTrailSaysThatAllIsAsComputed() throws IOException {
    byte[] before = Files.readAllBytes(file);
    Ran ran = run("rebuild", file);

    assertThat(ran.code()).isZero();
    assertThat(ran.out().replace("\n  ", " "))
        .contains("indexes and checkpoints are as they are computed from 4 events in 1 segment");
    assertThat(file).hasBinaryContent(before);
  }
}
