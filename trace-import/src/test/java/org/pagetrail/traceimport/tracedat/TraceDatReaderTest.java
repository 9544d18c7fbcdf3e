package org.pagetrail.traceimport.tracedat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pagetrail.traceimport.ImportedEvents.events;
import static org.pagetrail.traceimport.tracedat.TraceDatFile.event;
import static org.pagetrail.traceimport.tracedat.TraceDatFile.note;
import static org.pagetrail.traceimport.tracedat.TraceDatFile.page;
import static org.pagetrail.traceimport.tracedat.TraceDatFile.words;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.VcpuNoted;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.ImportOptions;
import org.pagetrail.traceimport.Samples;
import org.pagetrail.traceimport.input.ImportException;

/** Ring buffers of known content, as a kernel leaves them. */
class TraceDatReaderTest {
  private static final int MMIO = 300;
  private static final int PADDING = 29;
  private static final int TIME_EXTEND = 30;
  private static final int TIME_STAMP = 31;

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"none", "zlib", "zstd"})
  void eventsOfAllProcessorsAreInTheOrderOfTheirTimes(String compression) throws IOException {
    Import imported =
        imported(
            file()
                .cpu(page(1000, note(0, 1), note(20, 2)), page(1040, note(0, 3)))
                .cpu(page(1010, note(0, 4), note(20, 5)))
                .seven(compression));

    assertThat(times(imported)).containsExactly(1000L, 1010L, 1020L, 1030L, 1040L);
    assertThat(events(imported, VcpuNoted.class))
        .extracting(VcpuNoted::text)
        .containsExactly("number 1", "number 4", "number 2", "number 5", "number 3");
  }

  @Test
  void versionSixHasItsPartsOneAfterTheOther() throws IOException {
    Import imported =
        imported(file().cpu(page(1000, note(0, 1))).cpu(page(1010, note(0, 2))).six());

    assertThat(times(imported)).containsExactly(1000L, 1010L);
  }

  @Test
  void paddingAndTimesBetweenEventsMoveTheClock() throws IOException {
    byte[] padding = Arrays.copyOf(words(PADDING, 7, 12), 16);
    byte[] unused = words(PADDING, 0, 0);
    Import imported =
        imported(
            file()
                .cpu(
                    page(
                        1000,
                        note(1, 1),
                        padding,
                        note(1, 2),
                        words(TIME_EXTEND, 5, 1),
                        note(1, 3),
                        words(TIME_STAMP, 6, 9),
                        note(1, 4),
                        unused))
                .seven("none"));

    long extended = 1000 + 1 + 7 + 1 + (1L << 27) + 5 + 1;
    assertThat(times(imported)).containsExactly(1001L, 1009L, extended, (9L << 27) + 6 + 1);
  }

  @Test
  void anAbsoluteTimeKeepsTheHighBitsOfTheTimeBefore() throws IOException {
    long high = 5L << 59;
    Import imported =
        imported(
            file().cpu(page(high + (3L << 27), words(TIME_STAMP, 6, 9), note(1, 1))).seven("none"));

    assertThat(times(imported)).containsExactly(high + (9L << 27) + 7);
  }

  @Test
  void aPageSaysHowManyEventsWereLostBeforeIt() throws IOException {
    byte[] count = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(42).array();
    Import imported =
        imported(
            file()
                .cpu(
                    page(1000, note(0, 1)),
                    page(2000, 1L << 31 | 1L << 30, count, note(0, 2)),
                    page(3000, 1L << 31, new byte[0], note(0, 3)))
                .seven("zstd"));

    assertThat(imported.trail().entries())
        .extracting(TrailEntry::event)
        .filteredOn(event -> event instanceof VcpuNoted || event instanceof EventsLost)
        .containsExactly(
            new VcpuNoted(-1, "kvm_note", "number 1"),
            new EventsLost("t.dat", 42),
            new VcpuNoted(-1, "kvm_note", "number 2"),
            new EventsLost("t.dat", 0),
            new VcpuNoted(-1, "kvm_note", "number 3"));
  }

  @Test
  void aLongEventHasItsLengthAfterItsHead() throws IOException {
    byte[] data = mmio(0x20010);
    byte[] event =
        ByteBuffer.allocate(8 + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(3 << 5)
            .putInt(data.length + 4)
            .put(data)
            .array();
    Import imported = imported(file().cpu(page(1000, event)).seven("none"));

    assertThat(events(imported, MmioExited.class))
        .extracting(exit -> exit.gpa().toString())
        .containsExactly("0x20010");
    assertThat(times(imported)).containsExactly(1003L);
  }

  @Test
  void cyclesBecomeNanosecondsByTheFactorInTheFile() throws IOException {
    byte[] cycles = file().clock("x86-tsc").cpu(page(1000, note(0, 1))).seven("none");
    byte[] counted = file().clock("counter").cpu(page(1000, note(0, 1))).seven("none");

    assertThat(times(imported(cycles))).containsExactly(1000L * 3 / 2 + 100);
    assertThat(times(imported(counted))).containsExactly((Long) null);
  }

  @Test
  void anEventWithoutAFormatIsCounted() throws IOException {
    byte[] unknown = new byte[8];
    unknown[0] = 99;
    Import imported = imported(file().cpu(page(1000, event(0, unknown), note(1, 1))).seven("none"));

    assertThat(imported.report().inputs().getFirst().notUnderstood())
        .containsOnlyKeys("event without a format");
  }

  @Test
  void aFileCutAtAnyByteGivesATrailOrTheDocumentedError() throws IOException {
    byte[] whole = file().cpu(page(1000, note(0, 1))).cpu(page(1000, note(0, 2))).seven("zlib");
    for (int length = 10; length < whole.length; length++) {
      try {
        imported(Arrays.copyOf(whole, length));
      } catch (ImportException documented) {
        assertThat(documented).hasMessageContaining("t.dat");
      }
    }
  }

  @Test
  void aFileCutBeforeItsFirstEventHoldsNothing() throws IOException {
    byte[] whole = file().cpu(page(1000, note(0, 1))).seven("none");

    assertThatThrownBy(() -> imported(Arrays.copyOf(whole, whole.length / 8)))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("cut before the first record")
        .hasMessageContaining("t.dat (damaged or cut)");
  }

  @Test
  void aBigEndianFileIsRefusedWithTheToolThatPrintsIt() {
    byte[] whole = file().seven("none");
    whole[12] = 1;

    assertThatThrownBy(() -> imported(whole))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("trace-cmd report");
  }

  @Test
  void aFileMayBePackedAsAWhole() throws IOException {
    assertThat(events(Samples.imported("dat-v6.dat.xz"), MmioExited.class)).isNotEmpty();
  }

  private Import imported(byte[] content) throws IOException {
    Path file = temp.resolve("t.dat");
    Files.write(file, content);
    return CaptureImporter.importInputs(
        List.of(file), ImportOptions.DEFAULT.withKernel("6.18", List.of()));
  }

  private static List<@Nullable Long> times(Import imported) {
    return imported.trail().entries().stream()
        .filter(entry -> entry.event() instanceof VcpuNoted || entry.event() instanceof MmioExited)
        .<@Nullable Long>map(TrailEntry::timeNanos)
        .toList();
  }

  private static TraceDatFile file() {
    return new TraceDatFile()
        .format(
            "kvm_mmio",
            MMIO,
            """
            \tfield:u32 type;\toffset:8;\tsize:4;\tsigned:0;
            \tfield:u32 len;\toffset:12;\tsize:4;\tsigned:0;
            \tfield:u64 gpa;\toffset:16;\tsize:8;\tsigned:0;
            \tfield:u64 val;\toffset:24;\tsize:8;\tsigned:0;
            """,
            "\"mmio %s len %u gpa 0x%llx val 0x%llx\", __print_symbolic(REC->type, "
                + "{ 2, \"write\" }), REC->len, REC->gpa, REC->val")
        .notes();
  }

  private static byte[] mmio(long gpa) {
    return ByteBuffer.allocate(32)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MMIO)
        .putInt(7)
        .putInt(2)
        .putInt(1)
        .putLong(gpa)
        .putLong(0x77)
        .array();
  }
}
