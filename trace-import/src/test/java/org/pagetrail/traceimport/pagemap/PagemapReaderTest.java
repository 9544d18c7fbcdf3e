package org.pagetrail.traceimport.pagemap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Source;
import org.pagetrail.traceimport.TextInput;
import org.pagetrail.traceimport.capture.PageRun;
import org.pagetrail.traceimport.capture.Snapshot;

class PagemapReaderTest {
  private static final String RUN =
      "{\"range\":\"gpa_0x4000000\",\"off\":\"0x1000\",\"pages\":2,\"present\":1,\"swap\":0,"
          + "\"file_or_shm\":FILE,\"excl\":1,\"first_pfn\":\"0x40a87\",\"pfns\":\"contiguous\","
          + "\"flags\":\"FLAGS\"}";

  @Test
  void aRunOfPagesIsRead() {
    TextInput input = read(run("0", "UPTODATE|ANON"));

    assertThat(input.capture.pageRuns())
        .containsExactly(
            new PageRun(
                new Source("pagemap.before.jsonl", 1, 0),
                Snapshot.BEFORE,
                new Gpa(0x4000000),
                0x1000,
                2,
                true,
                false,
                false,
                true,
                new Pfn(0x40a87),
                true,
                List.of("UPTODATE", "ANON")));
  }

  @ParameterizedTest
  @CsvSource({
    "ZERO_PAGE|RESERVED, 0, ZERO_PAGE",
    "ZERO_PAGE|THP, 1, HUGE_ZERO_PAGE",
    "UPTODATE|MMAP|ANON, 0, ANONYMOUS",
    "UPTODATE|MMAP|ANON|THP, 0, ANONYMOUS_HUGE",
    "MMAP|ANON|KSM, 0, ANONYMOUS",
    "MMAP|ANON|KSM|THP, 0, ANONYMOUS_HUGE",
    "MMAP|HUGE|COMPOUND_HEAD, 0, HUGETLB",
    "UPTODATE|MMAP, 1, PAGE_CACHE",
    "UPTODATE|MMAP|THP, 1, PAGE_CACHE_HUGE",
    "NOPAGE, 0, DEVICE",
    "RESERVED, 0, RESERVED_RAM",
    "ANON|HWPOISON, 0, POISONED",
    "REFERENCED, 0, UNKNOWN"
  })
  void theKindOfAPageIsToldFromItsFlags(String flags, String file, PageKind kind) {
    PageRun run = read(run(file, flags)).capture.pageRuns().getFirst();

    assertThat(PageKinds.of(run)).isEqualTo(kind);
  }

  @Test
  void aPageIsMergedIfOthersMapItTooAsEveryAnonymousPageHasTheFlagInSomeKernels() {
    String shared = run("0", "MMAP|ANON|KSM").replace("\"excl\":1", "\"excl\":0");

    assertThat(read(shared).capture.pageRuns())
        .extracting(PageKinds::of)
        .containsExactly(PageKind.KSM);
  }

  @Test
  void anAbsentPageHasNoFrameAndASwappedOneIsNotAbsent() {
    String absent = run("0", "").replace("\"present\":1", "\"present\":0");
    String swapped = absent.replace("\"swap\":0", "\"swap\":1");

    List<PageRun> runs = read(absent, swapped).capture.pageRuns();

    assertThat(runs).extracting(PageKinds::of).containsExactly(PageKind.ABSENT, PageKind.UNKNOWN);
    assertThat(runs).allSatisfy(run -> assertThat(run.first()).isNull());
  }

  @Test
  void aFrameHiddenFromTheRecorderIsUnknown() {
    String hidden = run("0", "ANON").replace("0x40a87", "0x0");

    assertThat(read(hidden).capture.pageRuns().getFirst().first()).isNull();
  }

  @Test
  void summariesAreSkippedAndRubbishIsCounted() {
    TextInput input =
        read(
            "{\"range\":\"gpa_0x0\",\"summary\":1,\"pages\":16384}",
            "not json",
            "{\"range\":\"elsewhere\",\"off\":\"0x0\"}",
            run("0", "ANON").replace("\"pages\":2", "\"pages\":-2"),
            run("0", "ANON").replace("0x40a87", "0xffffffffffffffff"));

    assertThat(input.capture.pageRuns()).isEmpty();
    assertThat(input.lines.misunderstood().total()).isEqualTo(4);
  }

  @Test
  void slotRangesAreRead() {
    TextInput input =
        TextInput.read(
            new SlotRangesReader(), "slots", "0x0 0x4000000 0xffff8bc00000", "0x0 0x0", "");

    assertThat(input.capture.slotRanges()).hasSize(1);
    assertThat(input.lines.misunderstood().total()).isEqualTo(2);
  }

  private static String run(String file, String flags) {
    return RUN.replace("FILE", file).replace("FLAGS", flags);
  }

  private static TextInput read(String... lines) {
    return TextInput.read(new PagemapReader(), "pagemap.before.jsonl", lines);
  }
}
