package org.pagetrail.traceimport.pagedump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.traceimport.ImportedEvents.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.ImportOptions;
import org.pagetrail.traceimport.Samples;

/** Given dumps of pagemap and kpageflags beside a trace. */
class PageDumpTest {
  private static final long PRESENT = 1L << 63;
  private static final long SWAPPED = 1L << 62;
  private static final long FILE = 1L << 61;
  private static final long EXCLUSIVE = 1L << 56;
  private static final long SOFT_DIRTY = 1L << 55;
  private static final long ZERO_PAGE = 1L << 24;
  private static final long ANON = 1L << 12;

  private static final String MAPS =
      """
      7f0000000000-7f0000003000 rw-p 00000000 00:00 0
      7f0000008000-7f000000a000 rw-p 00000000 00:00 0
      ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]
      """;

  @TempDir Path temp;

  @Test
  void aDumpOfAllAreasIsOfTheAddressesOfMaps() throws IOException {
    Path maps = Files.writeString(temp.resolve("maps"), MAPS);
    Path pages =
        dump("pages", 0, PRESENT | EXCLUSIVE | 0x100, PRESENT | EXCLUSIVE | 0x101, SOFT_DIRTY, 0);
    Path more = dump("p", 0, PRESENT | 0x100, PRESENT | 0x101, PRESENT | 0x102, PRESENT | 0x102);

    assertThat(seen(imported(Map.of(), maps, pages)))
        .containsExactly(
            page("0x7f0000000000", 1, PageKind.ABSENT, null, false, false),
            page("0x7f0000001000", 2, PageKind.UNKNOWN, 0x100L, true, true),
            page("0x7f0000008000", 2, PageKind.ABSENT, null, false, false));
    assertThat(seen(imported(Map.of(), maps, more)))
        .containsExactly(
            page("0x7f0000000000", 1, PageKind.ABSENT, null, false, false),
            page("0x7f0000001000", 2, PageKind.UNKNOWN, 0x100L, true, false),
            page("0x7f0000008000", 1, PageKind.UNKNOWN, 0x102L, true, false),
            page("0x7f0000009000", 1, PageKind.UNKNOWN, 0x102L, true, false));
  }

  @Test
  void flagsOfFramesTellWhatThePagesAre() throws IOException {
    Path pages =
        dump("pages", PRESENT | 2, PRESENT | 3, PRESENT | 4, PRESENT | 4, PRESENT | FILE | 9);
    Path flags = dump("flags", 1L << 20, 0, ANON, ANON, ZERO_PAGE, 0);

    List<PagesSeen> seen =
        seen(imported(Map.of("pages", Hva.parse("0x7f0000000000")), pages, flags));

    assertThat(seen)
        .extracting(PagesSeen::kind)
        .containsExactly(
            PageKind.ANONYMOUS, PageKind.ZERO_PAGE, PageKind.ZERO_PAGE, PageKind.PAGE_CACHE);
    assertThat(seen)
        .extracting(PagesSeen::flags)
        .containsExactly(List.of("ANON"), List.of("ZERO_PAGE"), List.of("ZERO_PAGE"), List.of());
  }

  @Test
  void aDumpOfUnknownAddressesIsNamedWithTheOptionThatSaysThem() throws IOException {
    Path pages = dump("pages", PRESENT | 2, SWAPPED | 7);

    Import imported = imported(Map.of(), pages);

    assertThat(seen(imported)).isEmpty();
    assertThat(imported.report().warnings())
        .anyMatch(warning -> warning.contains("--pages pages=ADDRESS"));
  }

  @Test
  void aDumpThatWouldPassTheEndOfTheAddressSpaceIsLeftOut() throws IOException {
    Path pages = dump("pages", PRESENT | 2, SWAPPED | 7);

    Import imported = imported(Map.of("pages", Hva.parse("0xfffffffffffff000")), pages);

    assertThat(seen(imported)).isEmpty();
  }

  @Test
  void framesThatTheKernelHidesAreUnknown() throws IOException {
    Path pages = dump("pages", PRESENT, PRESENT, SWAPPED | 0x77);

    assertThat(seen(imported(Map.of("pages", Hva.parse("0x7f0000000000")), pages)))
        .containsExactly(
            page("0x7f0000000000", 2, PageKind.UNKNOWN, null, false, false),
            page("0x7f0000002000", 1, PageKind.UNKNOWN, null, false, false));
  }

  @Test
  void aDumpThatBeginsWithManyAbsentPagesIsKnownByWhatFollows() throws IOException {
    long[] entries =
        LongStream.concat(LongStream.generate(() -> 0).limit(9000), LongStream.of(PRESENT | 5))
            .toArray();
    Path pages = dump("pages", entries);

    assertThat(seen(imported(Map.of("pages", Hva.parse("0x7f0000000000")), pages)))
        .containsExactly(
            page("0x7f0000000000", 9000, PageKind.ABSENT, null, false, false),
            page("0x7f0002328000", 1, PageKind.UNKNOWN, 5L, true, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "text", "16 bytes of text", "\0\0\0\0\0\0\0\0", "PERFILE2\0\0\0\0\0\0\0\0"})
  void anythingElseIsNoDump(String content) {
    assertThat(new PageDumpReader().recognises(content.getBytes(StandardCharsets.ISO_8859_1)))
        .isFalse();
  }

  private static PagesSeen page(
      String address,
      long pages,
      PageKind kind,
      @Nullable Long first,
      boolean contiguous,
      boolean exclusive) {
    Hva start = Hva.parse(address);
    return new PagesSeen(
        HvaRange.between(start, start.plus(pages * 4096)),
        kind,
        first == null ? null : new Pfn(first),
        contiguous,
        exclusive,
        List.of());
  }

  private static List<PagesSeen> seen(Import imported) {
    return events(imported, PagesSeen.class);
  }

  private Path dump(String name, long... entries) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(entries.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(entries).forEach(bytes::putLong);
    return Files.write(temp.resolve(name), bytes.array());
  }

  private static Import imported(Map<String, Hva> starts, Path... dumps) {
    List<Path> inputs = new ArrayList<>(List.of(dumps));
    inputs.add(Samples.file("report.txt"));
    return CaptureImporter.importInputs(
        inputs, ImportOptions.DEFAULT.withKernel("6.18", List.of()).withPages(starts));
  }
}
