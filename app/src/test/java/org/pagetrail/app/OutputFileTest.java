package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a command writes takes the place of nothing that it reads. */
class OutputFileTest {
  private static final String TRACE =
      " qemu-7  [000] ..... 10.000001: kvm_guest_fault: ipa 0x0, hsr 0x82000005, hxfar 0x0, pc"
          + " 0x0\n";

  @TempDir private Path folder;
  private Path trail = Path.of("");

  @BeforeEach
  void aCaptureItsTrailAndItsText() throws IOException {
    Path capture = Files.createDirectory(folder.resolve("capture"));
    Files.writeString(capture.resolve("trace.txt"), TRACE);
    Files.writeString(folder.resolve("probes.txt"), "my_map stage2-map\n");
    trail = folder.resolve("run.trail");
    assertThat(run("import DIR/capture --kernel 6.1 -o DIR/run.trail").err()).isEmpty();
    Files.writeString(folder.resolve("run.jsonl"), run("trail cat DIR/run.trail").out());
    Files.createSymbolicLink(folder.resolve("link.trail"), trail);
    Files.createLink(folder.resolve("second.trail"), trail);
  }

  private Ran run(String words) {
    return Ran.ofWords(words, Map.of("DIR", folder));
  }

  @ParameterizedTest
  @CsvSource({
    "capture/trace.txt, import DIR/capture/trace.txt -o DIR/capture/trace.txt",
    "capture/trace.txt, import DIR/capture -o DIR/capture/trace.txt",
    "probes.txt, import DIR/capture --probes DIR/probes.txt -o DIR/probes.txt",
    "run.jsonl, trail pack DIR/run.jsonl -o DIR/run.jsonl",
    "run.trail, replay DIR/run.trail --fix none -o DIR/run.trail",
    "run.trail, replay DIR/run.trail --fix none -o DIR/capture/../run.trail",
    "run.trail, replay DIR/link.trail -o DIR/run.trail",
    "run.trail, replay DIR/run.trail -o DIR/link.trail",
    "run.trail, replay DIR/run.trail -o DIR/second.trail",
    "run.trail, minimize DIR/run.trail --finding ram-mapped-device -o DIR/run.trail",
    "run.trail, run DIR/run.trail -o DIR/run.trail",
    "run.trail, store get DIR/run.trail -o DIR/run.trail",
  })
  void anOutputThatIsAnInputIsRefusedAndStaysAsItIs(String input, String words) throws IOException {
    byte[] before = Files.readAllBytes(folder.resolve(input));

    Ran ran = run(words);

    assertThat(ran.err().replaceAll("\\s+", " "))
        .contains(
            "is an input, and would be lost: nothing is written", "name another file with -o");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(folder.resolve(input)).hasBinaryContent(before);
  }

  @Test
  void anOffsetThatIsNoNumberIsSaid() {
    Ran ran = run("import DIR/capture --offset abc -o DIR/new.trail");

    assertThat(ran.err()).startsWith("--offset abc is no number of seconds\n");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void aTrailThatWasWrittenIntoACaptureFolderIsReplaced() {
    String again = "import DIR/capture --kernel 6.1 -o DIR/capture/run.trail";
    assertThat(run(again).err()).isEmpty();

    assertThat(run(again).err()).isEmpty();
    assertThat(folder.resolve("capture/run.trail")).isRegularFile();
  }
}
