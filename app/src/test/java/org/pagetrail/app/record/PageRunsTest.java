package org.pagetrail.app.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.traceimport.capture.SlotRange;

class PageRunsTest {
  private static final long PRESENT = 1L << 63;
  private static final long EXCLUSIVE = 1L << 56;
  private static final long ANONYMOUS = 1L << 12;
  private static final long REFERENCED = 1L << 2;
  private static final long ZERO = 1L << 24;

  @TempDir private Path proc;

  private List<String> runsOf(long[] pagemap, long[] flags) throws IOException {
    Files.createDirectories(proc.resolve("7"));
    Files.write(proc.resolve("7/pagemap"), bytes(pagemap));
    Files.write(proc.resolve("kpageflags"), bytes(flags));
    StringWriter text = new StringWriter();
    try (BufferedWriter out = new BufferedWriter(text)) {
      new PageRuns(proc, 7)
          .write(
              new SlotRange(new Gpa(0x1000_0000), new ByteSize(pagemap.length * 4096L), new Hva(0)),
              out);
    }
    return text.toString().lines().toList();
  }

  private static byte[] bytes(long... entries) {
    ByteBuffer bytes =
        ByteBuffer.allocate(entries.length * Long.BYTES).order(ByteOrder.nativeOrder());
    bytes.asLongBuffer().put(entries);
    return bytes.array();
  }

  @Test
  void pagesThatAreAlikeAndFollowEachOtherAreOneRun() throws IOException {
    List<String> runs =
        runsOf(
            new long[] {PRESENT | EXCLUSIVE | 1, PRESENT | EXCLUSIVE | 2, 0},
            new long[] {0, ANONYMOUS, ANONYMOUS | REFERENCED});

    assertThat(runs)
        .containsExactly(
            "{\"range\":\"gpa_0x10000000\",\"off\":\"0x0\",\"pages\":2,\"present\":1,\"swap\":0,"
                + "\"file_or_shm\":0,\"excl\":1,\"first_pfn\":\"0x1\",\"pfns\":\"contiguous\","
                + "\"flags\":\"ANON\"}",
            "{\"range\":\"gpa_0x10000000\",\"off\":\"0x2000\",\"pages\":1,\"present\":0,\"swap\":0,"
                + "\"file_or_shm\":0,\"excl\":0,\"first_pfn\":\"0x0\",\"pfns\":\"none\","
                + "\"flags\":\"\"}");
  }

  @Test
  void theZeroPageUnderManyPagesIsOneRunOfOneFrame() throws IOException {
    List<String> runs =
        runsOf(new long[] {PRESENT | 3, PRESENT | 3, PRESENT | 3}, new long[] {0, 0, 0, ZERO});

    assertThat(runs)
        .singleElement()
        .asString()
        .contains("\"pages\":3", "\"first_pfn\":\"0x3\"", "\"pfns\":\"same\"", "ZERO_PAGE");
  }

  @Test
  void framesThatDoNotFollowEachOtherAreRunsOfTheirOwn() throws IOException {
    assertThat(runsOf(new long[] {PRESENT | 2, PRESENT | 1}, new long[] {0, 0, 0}))
        .hasSize(2)
        .allSatisfy(run -> assertThat(run).contains("\"pfns\":\"single\""));
  }

  @Test
  void pagesBeyondTheEndOfTheFilesAreAbsent() throws IOException {
    Files.createDirectories(proc.resolve("7"));
    Files.write(proc.resolve("7/pagemap"), new byte[0]);
    Files.write(proc.resolve("kpageflags"), new byte[0]);
    StringWriter text = new StringWriter();
    try (BufferedWriter out = new BufferedWriter(text)) {
      new PageRuns(proc, 7)
          .write(new SlotRange(new Gpa(0), new ByteSize(8192), new Hva(-8192)), out);
    }
    assertThat(text.toString().lines())
        .singleElement()
        .asString()
        .contains("\"pages\":2", "\"present\":0");
  }
}
