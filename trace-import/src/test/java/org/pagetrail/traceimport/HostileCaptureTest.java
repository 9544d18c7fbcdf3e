package org.pagetrail.traceimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.traceimport.ImportReport.InputReport;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Misunderstood.Tally;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/** Captures that are damaged, cut, or made to harm. */
class HostileCaptureTest {
  private static final Path BOOTS = Path.of("..", "captures", "boots");
  private static final long SEED = 20140909;

  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void aSmallTrace() throws IOException {
    folder = Files.createDirectory(temp.resolve("stock-6.1-x"));
    Files.writeString(
        folder.resolve("trace.txt"),
        " qemu-7  [000] ..... 10.000001: kvm_guest_fault: ipa 0x0, hsr 0x82000005, hxfar 0x0, pc"
            + " 0x0\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qemu.log",
        "clock.jsonl",
        "hmp.log",
        "maps.before",
        "pagemap.after.jsonl",
        "cmdline.txt",
        "outcome.txt",
        "thp.txt",
        "zeropage.jsonl"
      })
  void anEmptyOrBinaryFileIsOfNoFormatAndDoesNoHarm(String name) throws IOException {
    Files.createFile(folder.resolve(name));
    assertThat(report(name).format()).isEqualTo(InputReport.UNKNOWN);

    byte[] bytes = new byte[100_000];
    new SplittableRandom(SEED).nextBytes(bytes);
    Files.write(folder.resolve(name), bytes);
    assertThat(report(name).format()).isEqualTo(InputReport.UNKNOWN);
  }

  @Test
  void anEmptyTraceIsNoTrace() throws IOException {
    Files.writeString(folder.resolve("trace.txt"), "");

    assertThatThrownBy(this::imported)
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("not a capture");
  }

  @Test
  void aTraceThatWasCutInALineKeepsTheLinesBefore() throws IOException {
    String line = Files.readString(folder.resolve("trace.txt"));
    Files.writeString(folder.resolve("trace.txt"), line + line.substring(0, line.length() - 3));

    assertThat(report("trace.txt").notUnderstood())
        .containsOnlyKeys("last line, which is cut")
        .containsValue(new Tally(1, 2));
  }

  @Test
  void compressedFilesAreReadByTheirContentAndMayEndEarly() throws IOException {
    byte[] trace =
        Files.readString(folder.resolve("trace.txt")).repeat(5000).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream xz = new ByteArrayOutputStream();
    LZMA2Options small = new LZMA2Options(0);
    try (XZOutputStream out = new XZOutputStream(xz, small)) {
      for (int i = 0; i < 50; i++) {
        out.write(trace, i * trace.length / 50, trace.length / 50);
        out.endBlock();
      }
    }
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(trace);
    }
    for (byte[] whole : new byte[][] {xz.toByteArray(), gzip.toByteArray()}) {
      Files.write(folder.resolve("trace.txt"), whole);
      assertThat(report("trace.txt").lines()).isEqualTo(5000);

      Files.write(folder.resolve("trace.txt"), Arrays.copyOf(whole, whole.length / 2));
      assertThat(report("trace.txt").notUnderstood()).containsKey("compressed data damaged or cut");
      assertThat(report("trace.txt").lines()).isBetween(1L, 4999L);
    }
  }

  @Test
  void aFileThatOnlyBeginsLikeACompressedOneIsOfNoFormat() throws IOException {
    Files.write(
        folder.resolve("qemu.log"), new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 1, 2, 3});

    assertThat(report("qemu.log").format()).isEqualTo(InputReport.UNKNOWN);
    assertThat(report("qemu.log").notUnderstood()).containsKey("compressed data damaged or cut");
  }

  @Test
  void aLineWithoutEndTakesNoMoreMemoryThanTheLongestLine() {
    long bytes = 64L << 20;
    InputLines lines = new InputLines("trace.txt", new Blanks(bytes), false, 10);

    assertThat(lines.next()).isNull();
    assertThat(lines.misunderstood().byKind()).containsOnlyKeys("line longer than 1048576 bytes");
  }

  /** A stream of blanks that is never held anywhere. */
  private static final class Blanks extends InputStream {
    private long left;

    Blanks(long left) {
      this.left = left;
    }

    @Override
    public int read() {
      return left-- > 0 ? ' ' : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int count = (int) Math.min(length, left);
      Arrays.fill(bytes, offset, offset + count, (byte) ' ');
      left -= count;
      return count == 0 ? -1 : count;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "-1",
        "-1 [0] ",
        "(",
        "a=0x1 ",
        "[always] ",
        "\u001b[D",
        "key:0x1 ",
        "{\"a\":",
        ": ",
        "0"
      })
  void longLinesOfOneThingEndNoReader(String part) throws IOException {
    String line = part.repeat(200_000 / part.length()) + "\n";
    for (String name : new String[] {"a", "b", "maps.x", "serial"}) {
      Files.writeString(folder.resolve(name), line);
    }
    String trace = Files.readString(folder.resolve("trace.txt"));
    String payload = " qemu-7  [000] ..... 10.000001: s2map: (f+0x0/0x1) ";
    Files.writeString(folder.resolve("trace.txt"), trace + line + payload + line);
    Files.writeString(
        folder.resolve("qemu.log"),
        "7@1.000000:pflash_reset f: reset\n" + line + "7@1.0000" + line);
    Files.writeString(folder.resolve("hmp"), "(qemu) info mtree -f\nFlatView #0\n" + line);
    Files.writeString(folder.resolve("thp"), "[always] never\n" + line);
    Files.writeString(folder.resolve("cmdline"), "kvm -M " + line);

    Import imported = CaptureImporter.importFolder(folder, ImportOptions.DEFAULT.withOffset(0L));
    assertThat(imported.trail().size()).isPositive();
  }

  @Test
  void theLastAddressIsAnAddress() throws IOException {
    Files.writeString(
        folder.resolve("trace.txt"),
        " q-7  [000] ..... 10.000001: kvm_guest_fault: ipa 0xfffffffffffff000, hsr 0x93810046,"
            + " hxfar 0xffffffffffffffff, pc 0xffffffffffffffff\n");

    assertThat(CaptureFolder.events(imported().trail(), Stage2Faulted.class).getFirst().gpa())
        .isEqualTo(new Gpa(-1));
  }

  @Test
  void rangesThatWrapAndTimesThatRunBackAreReadOrCounted() throws IOException {
    Files.writeString(
        folder.resolve("trace.txt"),
        " q-7  [000] ..... 16.000009: memslot: (f+0x0/0x1) slot=1 flags=0x0 gpa=0xfffffffffffff000"
            + " size=0x7ffffffffffff000 ua=0xfffffffffffff000\n"
            + " q-7  [000] ..... 14.000008: memslot_ret: (g+0x0/0x1 <- f) ret=0\n"
            + " q-7  [000] ..... 12.000007: s2unmap: (f+0x0/0x1) ipa=0xfffffffffffff000"
            + " size=0x2000\n"
            + " q-7  [000] ..... 10.000006: kvm_entry: PC: 0x0\n");
    Files.writeString(
        folder.resolve("pagemap.after.jsonl"),
        "{\"range\":\"gpa_0xfffffffffffff000\",\"off\":\"0xffffffffffffffff\",\"pages\":"
            + "9223372036854775807,\"present\":0,\"swap\":0,\"file_or_shm\":0,\"excl\":0,"
            + "\"first_pfn\":\"0x0\",\"pfns\":\"none\",\"flags\":\"\"}\n");
    Files.writeString(folder.resolve("slots"), "0xfffffffffffff000 0x1000 0xfffffffffffff000\n");

    Import imported = imported();

    assertThat(CaptureFolder.story(imported.trail())).containsExactly("MemslotSet", "VcpuEntered");
    assertThat(report("trace.txt").notUnderstood())
        .containsOnlyKeys("s2unmap with a number out of range");
    assertThat(imported.report().warnings())
        .containsExactlyInAnyOrder(
            "pagemap.after.jsonl:1: a run of pages beyond the end of the address space",
            "trace.txt: 2 lines have times before that of a line further up, by more than is put in"
                + " order; the first is line 2, by 2000001 us; they keep their places");
  }

  @Test
  void moreLinesThanAllowedAreRefusedWithARemedy() throws IOException {
    String line = Files.readString(folder.resolve("trace.txt"));
    Files.writeString(folder.resolve("trace.txt"), line.repeat(11));
    ImportOptions options = ImportOptions.DEFAULT.withLimits(10, 1 << 20);

    assertThatThrownBy(() -> CaptureImporter.importFolder(folder, options))
        .isInstanceOf(ImportException.class)
        .hasMessage(
            "trace.txt:11: input too large: it has more than 10 lines; cut the trace, or raise the"
                + " limit on lines");
  }

  @Test
  void clocksThatAreCenturiesApartAreRefusedWithARemedy() throws IOException {
    Files.writeString(
        folder.resolve("clock.jsonl"),
        """
        {"mono_before":0,"realtime":9000000000,"mono_after":0}
        {"mono_before":9000000000,"realtime":0,"mono_after":9000000000}
        """);

    assertThatThrownBy(this::imported)
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("clock.jsonl:1: clock samples not usable");
  }

  @Test
  void noDamageToACaptureEndsInAnythingButATrailOrAnImportException() throws IOException {
    Path boot = BOOTS.resolve("bug2014-6.1-bios64-thpnever");
    SplittableRandom random = new SplittableRandom(SEED);
    for (String name : new String[] {"clock.jsonl", "cmdline.txt", "outcome.txt", "thp.txt"}) {
      Files.copy(boot.resolve(name), folder.resolve(name));
    }
    byte[] trace = excerpt(boot.resolve("trace.txt.xz"), 60_000);
    byte[] log = excerpt(boot.resolve("qemu.log.xz"), 40_000);
    byte[] monitor = excerpt(boot.resolve("hmp.log.xz"), 8_000);
    byte[] pages = excerpt(boot.resolve("pagemap.after.jsonl.xz"), 8_000);
    for (int round = 0; round < 60; round++) {
      Files.write(folder.resolve("trace.txt"), damaged(trace, random));
      Files.write(folder.resolve("qemu.log"), damaged(log, random));
      Files.write(folder.resolve("hmp.log"), damaged(monitor, random));
      Files.write(folder.resolve("pagemap.after.jsonl"), damaged(pages, random));

      assertThat(imported().trail().size()).as("seed %d, round %d", SEED, round).isPositive();
    }
  }

  private static byte[] excerpt(Path file, int bytes) throws IOException {
    try (InputStream in = new XZInputStream(Files.newInputStream(file))) {
      return in.readNBytes(bytes);
    }
  }

  /** Some bytes replaced, some lines swapped, doubled or cut. */
  private static byte[] damaged(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(200); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    int from = random.nextInt(bytes.length);
    int length = random.nextInt(Math.min(2000, bytes.length - from));
    System.arraycopy(whole, from, bytes, random.nextInt(bytes.length - length), length);
    return random.nextBoolean() ? bytes : Arrays.copyOf(bytes, random.nextInt(bytes.length) + 1);
  }

  private Import imported() {
    return CaptureImporter.importFolder(folder, ImportOptions.DEFAULT);
  }

  private InputReport report(String input) {
    return imported().report().inputs().stream()
        .filter(report -> report.input().equals(input))
        .findFirst()
        .orElseThrow();
  }
}
