package org.pagetrail.traceimport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.traceimport.ImportReport.InputReport;
import org.pagetrail.traceimport.input.ImportException;

/** Given folders and archives that hold parts of one capture, or several captures. */
class OneCaptureTest {
  private static final String TRACE =
      " qemu-7  [000] ..... 10.000001: kvm_guest_fault: ipa 0x0, hsr 0x82000005, hxfar 0x0, pc 0x0";
  private static final String MAPS = "7f0000000000-7f0000001000 rw-p 00000000 00:00 0 ";
  private static final String REMEDY =
      ", and one trail cannot tell the pages of two runs apart; import each alone: pagetrail import"
          + " FOLDER -o FILE; of parts of one run, name the files instead of the folders";

  @TempDir Path temp;

  @Test
  void twoCapturesAreNotMixedInOneTrail() throws IOException {
    Path one = folder("one", "trace.txt", TRACE);
    Path other = folder("other", "trace-of-b.txt", TRACE);

    assertThatThrownBy(() -> imported(one, other))
        .isInstanceOf(ImportException.class)
        .hasMessage(one + ", " + other + ": more than one capture: both have ftrace" + REMEDY);
  }

  @Test
  void aFolderWhoseKindsOfFilesTheFirstLacksBelongsToIt() throws IOException {
    Path trace = folder("trace", "trace.txt", TRACE);
    Path before = folder("before", "maps.before", MAPS);
    Path after = folder("after", "maps.after", MAPS);

    assertThat(imported(trace, before, after).report().inputs())
        .extracting(InputReport::input)
        .containsExactly("maps.after", "maps.before", "trace.txt");
    assertThatThrownBy(() -> imported(trace, after, after))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("given twice");
  }

  @Test
  void mapsAndSmapsOfOneMomentAreTwoKinds() throws IOException {
    String smaps = MAPS + "\nSize:                  8 kB\nVmFlags: rd wr mr mw me hg";
    Path trace = folder("trace", "trace.txt", TRACE);
    Path maps = folder("maps", "maps.before", MAPS);
    Path withFlags = folder("smaps", "smaps.before", smaps);
    Path more = folder("more", "more-smaps.before", smaps);

    Import imported = imported(trace, maps, withFlags);

    assertThat(CaptureFolder.events(imported.trail(), HostMapped.class))
        .singleElement()
        .extracting(HostMapped::advice)
        .isEqualTo(HugeAdvice.HUGE);
    assertThat(imported.report().warnings()).noneMatch(warning -> warning.contains("maps"));
    assertThatThrownBy(() -> imported(trace, withFlags, more))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("both have smaps");
  }

  @Test
  void mapsAndSmapsOfTwoProcessesAreTold() throws IOException {
    Path trace = folder("trace", "trace.txt", TRACE);
    Path maps = folder("maps", "maps.before", MAPS);
    Path other =
        folder(
            "smaps",
            "smaps.before",
            "00aa0000-00aa2000 rw-p 00000000 00:00 0 \nSize:                  8 kB");

    assertThat(imported(trace, maps, other).report().warnings())
        .contains(
            "maps.before and smaps.before have 0 of 1 areas in common: they are of two processes"
                + " or moments, and are taken for one; leave one out");
  }

  @Test
  void filesThatAreNamedOneByOneAreTheUsersChoice() throws IOException {
    Path one = capture("one", "trace.txt", TRACE);
    Path other = capture("other", "trace.txt", TRACE.replace("10.", "20."));

    assertThat(imported(one, other).report().inputs())
        .extracting(InputReport::input)
        .containsExactly("trace.txt", "trace.txt (2)");
  }

  @Test
  void anArchiveOfTwoCapturesIsRefusedAndOneOfACaptureInFoldersIsRead() throws IOException {
    Path two = temp.resolve("two.tar");
    tar(two, List.of("one/trace.txt", "other/trace.txt"), TRACE + "\n");
    Path rotated = temp.resolve("rotated.tar");
    tar(rotated, List.of("trace.txt", "old/trace.txt"), TRACE + "\n");

    assertThatThrownBy(() -> imported(two))
        .isInstanceOf(ImportException.class)
        .hasMessage(
            two + ": one, " + two + ": other: more than one capture: both have ftrace" + REMEDY);
    assertThat(imported(rotated).report().inputs()).hasSize(2);
  }

  private Path folder(String folder, String name, String content) throws IOException {
    capture(folder, name, content);
    return temp.resolve(folder);
  }

  private Path capture(String folder, String name, String content) throws IOException {
    Path file = Files.createDirectories(temp.resolve(folder)).resolve(name);
    return Files.writeString(file, content + "\n");
  }

  private static void tar(Path archive, List<String> names, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
      for (String name : names) {
        TarArchiveEntry header = new TarArchiveEntry(name);
        header.setSize(bytes.length);
        tar.putArchiveEntry(header);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
  }

  private static Import imported(Path... inputs) {
    return CaptureImporter.importInputs(List.of(inputs), ImportOptions.DEFAULT);
  }
}
