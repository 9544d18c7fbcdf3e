package org.pagetrail.traceimport.tracedat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pagetrail.traceimport.ImportedEvents.events;
import static org.pagetrail.traceimport.tracedat.TraceDatFile.note;
import static org.pagetrail.traceimport.tracedat.TraceDatFile.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.Event;
import org.pagetrail.events.KvmEvent.VcpuNoted;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.ImportOptions;
import org.pagetrail.traceimport.Samples;
import org.pagetrail.traceimport.input.ImportException;

/** Given a file of trace-cmd that lacks its end, what of it is read. */
class CutTraceDatTest {
  private static final int PAGE = TraceDatFile.PAGE_BYTES;

  /** How many bytes an event has with its head. */
  private static final int EVENT = 16;

  @TempDir Path temp;

  @Test
  void ofVersionSixTheEventsBeforeTheCutAreReadAndTheRestIsLost() throws IOException {
    byte[] whole = file().six();
    // Two pages of each processor; of the last page the head and three events are left.
    Import cut = imported(Arrays.copyOf(whole, whole.length - PAGE + 16 + 3 * EVENT + 3));

    assertThat(numbers(cut)).containsExactly(1, 11, 2, 12, 3, 13, 4, 14, 15);
    assertThat(cut.report().warnings())
        .contains("t.dat: the file is cut; it is imported up to record 10, the rest is lost");
    assertThat(events(cut, EventsLost.class)).hasSize(2).containsOnly(new EventsLost("t.dat", 0));
    assertThat(cut.report().inputs().getFirst().notUnderstood())
        .containsOnlyKeys("end of the file, which is cut");
  }

  @Test
  void eventsAreLostWhereTheBufferOfAProcessorIsCutAndOthersGoOn() throws IOException {
    byte[] whole = file().six();
    Import cut = imported(Arrays.copyOf(whole, whole.length - PAGE));

    assertThat(told(cut)).containsExactly("1", "11", "2", "12", "lost", "3", "4", "lost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "zlib", "zstd"})
  void ofVersionSevenTheDataAreFoundWithoutTheirPlaces(String compression) throws IOException {
    byte[] whole = file().recorded(compression);
    byte[] withoutPlaces = Arrays.copyOf(whole, whole.length - 3);
    Import cut = imported(withoutPlaces);

    assertThat(numbers(imported(whole))).containsExactly(1, 11, 2, 12, 3, 13, 4, 14, 15, 16);
    assertThat(numbers(cut)).containsExactly(1, 11, 2, 12, 3, 13, 4, 14, 15, 16);
    assertThat(cut.report().warnings()).anyMatch(of -> of.startsWith("t.dat: the file is cut"));
    assertThat(events(cut, EventsLost.class)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"six", "none", "zlib", "zstd"})
  void whereverItIsCutWhatIsReadIsTheBeginningOfWhatEachProcessorSaw(String form)
      throws IOException {
    byte[] whole = form.equals("six") ? file().six() : file().recorded(form);
    int most = 0;
    for (int length = whole.length - 1; length > whole.length / 4; length -= 307) {
      List<Integer> read;
      try {
        read = numbers(imported(Arrays.copyOf(whole, length)));
      } catch (ImportException nothing) {
        assertThat(nothing).hasMessageContaining("cut before the first record");
        read = List.of();
      }
      List<Integer> first = read.stream().filter(number -> number < 10).toList();
      List<Integer> second = read.stream().filter(number -> number > 10).toList();
      assertThat(first)
          .as("cut to %d", length)
          .isEqualTo(List.of(1, 2, 3, 4).subList(0, first.size()));
      assertThat(second)
          .as("cut to %d", length)
          .isEqualTo(List.of(11, 12, 13, 14, 15, 16).subList(0, second.size()));
      most = Math.max(most, read.size());
    }
    assertThat(most).isGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dat-v6.dat.xz", "dat-v7-none.dat.xz", "dat-v7-zstd.dat", "dat-lost.dat"})
  void ofARecordedFileItsEventsUpToTheCutAreRead(String sample) throws IOException {
    Import whole = Samples.imported(sample);
    byte[] content = Samples.start(sample, Integer.MAX_VALUE >> 4);
    Import cut = imported(Arrays.copyOf(content, content.length - 190));

    List<VcpuNoted> all = events(whole, VcpuNoted.class);
    List<VcpuNoted> read = events(cut, VcpuNoted.class);
    assertThat(read).isNotEmpty().hasSizeLessThanOrEqualTo(all.size());
    assertThat(all).startsWith(read.toArray(VcpuNoted[]::new));
    assertThat(cut.report().warnings()).anyMatch(of -> of.contains("it is imported up to record"));
  }

  @Test
  void aFileThatIsCutInItsHeadIsRefused() {
    byte[] whole = file().recorded("zstd");

    assertThatThrownBy(() -> imported(Arrays.copyOf(whole, whole.length / 8)))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("cut before the first record");
  }

  private static TraceDatFile file() {
    return new TraceDatFile()
        .notes()
        .cpu(page(1000, note(0, 1), note(20, 2)), page(2000, note(0, 3), note(20, 4)))
        .cpu(
            page(1010, note(0, 11), note(20, 12)),
            page(2010, note(0, 13), note(20, 14), note(1, 15), note(1, 16)));
  }

  private Import imported(byte[] content) throws IOException {
    Path file = temp.resolve("t.dat");
    Files.write(file, content);
    return CaptureImporter.importInputs(
        List.of(file), ImportOptions.DEFAULT.withKernel("6.18", List.of()));
  }

  private static List<Integer> numbers(Import imported) {
    return events(imported, VcpuNoted.class).stream()
        .map(note -> Integer.valueOf(note.text().substring("number ".length())))
        .toList();
  }

  private static List<String> told(Import imported) {
    List<String> told = new ArrayList<>();
    for (TrailEntry entry : imported.trail().entries()) {
      Event event = entry.event();
      if (event instanceof VcpuNoted note) {
        told.add(note.text().substring("number ".length()));
      } else if (event instanceof EventsLost) {
        told.add("lost");
      }
    }
    return told;
  }
}
