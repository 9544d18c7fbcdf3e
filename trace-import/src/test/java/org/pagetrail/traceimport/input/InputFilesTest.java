package org.pagetrail.traceimport.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.ImportOptions;
import org.pagetrail.traceimport.ImportReport.InputReport;

/**
 * Files, folders and archives, compressed in every way that is known, and archives made to harm.
 */
class InputFilesTest {
  private static final String TRACE =
      " qemu-7  [000] ..... 10.000001: kvm_guest_fault: ipa 0x0, hsr 0x82000005, hxfar 0x0, pc"
          + " 0x0\n";
  private static final String LOG = "7@10.000002:pflash_reset virt.flash0: reset\n";

  @TempDir Path temp;
  private Path file;

  @BeforeEach
  void anInput() {
    file = temp.resolve("input");
  }

  @Test
  void severalFilesAreJoinedWhateverTheirNamesSay() throws IOException {
    Path log = Files.writeString(temp.resolve("trace.txt"), LOG);
    Files.writeString(file, TRACE);

    Import imported =
        CaptureImporter.importInputs(List.of(file, log), ImportOptions.DEFAULT.withOffset(0L));

    assertThat(imported.report().inputs())
        .extracting(InputReport::input, InputReport::format)
        .containsExactly(tuple("input", "ftrace"), tuple("trace.txt", "qemu-log"));
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "7, 0"})
  void aLogWhoseVcpusAreOtherThreadsIsWarnedOf(int thread, int warnings) throws IOException {
    Path log =
        Files.writeString(
            temp.resolve("qemu.log"),
            "9@10.000000:pflash_reset virt.flash0: reset\n"
                + thread
                + "@10.000002:memory_region_ops_write cpu 0 mr 0x1 addr 0x10 value 0x1 size 1 name"
                + " 'a'\n");
    Files.writeString(file, TRACE);

    Import imported =
        CaptureImporter.importInputs(List.of(file, log), ImportOptions.DEFAULT.withOffset(0L));

    assertThat(imported.report().warnings())
        .filteredOn(warning -> warning.contains("another QEMU"))
        .hasSize(warnings)
        .allMatch(warning ->
            warning.equals(
                "no thread that qemu.log names as a vCPU runs one in input: it is of another QEMU,"
                    + " or of another PID namespace"));
  }

  @Test
  void filesOfTheSameNameAreToldApart() throws IOException {
    Path a = Files.createDirectory(temp.resolve("a"));
    Path b = Files.createDirectory(temp.resolve("b"));
    Files.writeString(a.resolve("log"), TRACE);
    Files.writeString(b.resolve("log"), LOG);

    assertThat(names(a.resolve("log"), b.resolve("log"))).containsExactly("log", "log (2)");
  }

  @Test
  void whatIsNoRegularFileIsRefused() {
    Path device = Path.of("/dev/null");

    assertThatThrownBy(() -> CaptureImporter.importInputs(List.of(device), ImportOptions.DEFAULT))
        .isInstanceOf(ImportException.class)
        .hasMessage(
            "/dev/null: not a regular file: a pipe can be read only once; write it into a file"
                + " first: cat /dev/null > trace.txt");
  }

  @ParameterizedTest
  @CsvSource({".gz, .gz", ".zst, .gz"})
  void whatIsPackedTwiceIsRefusedWithWhatToDo(String inner, String outer) throws IOException {
    Files.write(file, packed(outer, packed(inner, bytes(TRACE))));

    assertThatThrownBy(() -> CaptureImporter.importInputs(List.of(file), ImportOptions.DEFAULT))
        .isInstanceOf(ImportException.class)
        .hasMessage(
            file
                + ": packed twice: what it unpacks to is packed again; unpack it once, for example"
                + " with gzip -dc, xz -dc or zstd -dc, and give the result");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz", ".zst"})
  void anArchiveOfACaptureIsReadAsItsFolderIs(String packing) throws IOException {
    byte[] tar =
        tar(
            entry("stock-6.1-x/", new byte[0]),
            entry("stock-6.1-x/qemu.log", packed(".zst", bytes(LOG))),
            entry("stock-6.1-x/trace.txt", bytes(TRACE)));
    Files.write(file, packed(packing, tar));

    try (InputFiles files = InputFiles.of(List.of(file), 1 << 20)) {
      assertThat(files.captureName()).isEqualTo("stock-6.1-x");
      assertThat(files.files())
          .extracting(CaptureFile::name)
          .containsExactly("qemu.log", "trace.txt");
      assertThat(files.files().getFirst().headLines(files.files().getFirst().head()))
          .containsExactly(LOG.strip());
    }
  }

  @Test
  void whatWasUnpackedIsRemoved() throws IOException {
    Files.write(file, tar(entry("x/trace.txt", bytes(TRACE))));
    Path unpacked;

    try (InputFiles files = InputFiles.of(List.of(file), 1 << 20)) {
      unpacked = files.files().getFirst().path();
      assertThat(unpacked).exists();
    }

    assertThat(unpacked).doesNotExist();
    assertThat(unpacked.getParent()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../trace.txt", "x/../../trace.txt", "/etc/trace.txt", "x/.."})
  void aPathThatLeavesTheFolderIsRefused(String path) throws IOException {
    Files.write(file, tar(entry(path, bytes(TRACE))));

    assertThatThrownBy(() -> names(file))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("archive refused: the entry " + path);
  }

  @Test
  void linksOfAnArchiveAreNotFollowed() throws IOException {
    TarArchiveEntry link = new TarArchiveEntry("x/link", TarConstants.LF_SYMLINK);
    link.setLinkName("/etc/hostname");
    Files.write(file, tar(new Entry(link, new byte[0]), entry("x/trace.txt", bytes(TRACE))));

    try (InputFiles files = InputFiles.of(List.of(file), 1 << 20)) {
      assertThat(files.files()).extracting(CaptureFile::name).containsExactly("trace.txt");
      assertThat(files.notRead())
          .containsExactly(file + ": x/link is no plain file and is not read");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".gz", ".zst"})
  void aBombIsRefusedWhenItHasGrownBeyondTheLimit(String packing) throws IOException {
    byte[] bomb = packed(packing, new byte[4 << 20]);
    Files.write(file, bomb);
    assertThat(bomb.length).isLessThan(8192);

    assertThatThrownBy(() ->
            CaptureImporter.importInputs(
                List.of(file), ImportOptions.DEFAULT.withLimits(10, 1 << 20)))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("it unpacks to more than 1048576 bytes");

    Files.write(file, packed(packing, tar(entry("x/trace.txt", new byte[4 << 20]))));
    assertThatThrownBy(() -> InputFiles.of(List.of(file), 1 << 20))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("it unpacks to more than 1048576 bytes");
  }

  @Test
  void anArchiveOfTooManyFilesIsRefused() throws IOException {
    Entry[] entries = new Entry[InputFiles.FILES_MAX + 1];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = entry("x/" + i, new byte[0]);
    }
    Files.write(file, tar(entries));

    assertThatThrownBy(() -> names(file)).hasMessageContaining("more than 1000 files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz"})
  void aCutArchiveIsRefusedWithARemedy(String packing) throws IOException {
    byte[] tar = tar(entry("x/trace.txt", bytes(TRACE.repeat(1000))));
    byte[] whole = packed(packing, tar);
    Files.write(file, Arrays.copyOf(whole, packing.isEmpty() ? 2000 : whole.length / 2));

    assertThatThrownBy(() -> names(file))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("archive damaged or cut");
  }

  @Test
  void aZstThatWantsMoreMemoryThanAllowedIsDamaged() throws IOException {
    // A frame of one raw block that declares a window of 1 GiB.
    byte[] wide = {
      0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (20 << 3), 0x21, 0, 0, 1, 2, 3, 4
    };
    Files.write(file, wide);

    assertThatThrownBy(() -> CaptureImporter.importInputs(List.of(file), ImportOptions.DEFAULT))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("input (damaged or cut)");
  }

  private static List<String> names(Path... inputs) {
    try (InputFiles files = InputFiles.of(List.of(inputs), 1 << 20)) {
      return files.files().stream().map(CaptureFile::name).toList();
    }
  }

  private static final class Entry {
    private final TarArchiveEntry header;
    private final byte[] content;

    Entry(TarArchiveEntry header, byte[] content) {
      this.header = header;
      this.content = content;
    }
  }

  private static Entry entry(String path, byte[] content) {
    TarArchiveEntry header = new TarArchiveEntry(path, true);
    header.setSize(content.length);
    return new Entry(header, content);
  }

  private static byte[] tar(Entry... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (Entry entry : entries) {
        tar.putArchiveEntry(entry.header);
        tar.write(entry.content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] packed(String packing, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (packing) {
          case ".gz" -> new GZIPOutputStream(bytes);
          case ".zst" -> new ZstdOutputStream(bytes);
          default -> bytes;
        }) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
