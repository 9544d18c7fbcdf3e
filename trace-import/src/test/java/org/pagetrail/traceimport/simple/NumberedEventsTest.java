package org.pagetrail.traceimport.simple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pagetrail.traceimport.ImportedEvents.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.QemuEvent.DeviceWritten;
import org.pagetrail.events.QemuEvent.QemuNoted;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.ImportOptions;
import org.pagetrail.traceimport.ImportReport.InputReport;
import org.pagetrail.traceimport.input.ImportException;

/** Version 3 of the simple backend's file: events are numbered as the source declares them. */
class NumberedEventsTest {
  @TempDir Path temp;

  @Test
  void aNumberIsThePlaceAmongAllDeclarationsAlsoOfDisabledEvents() throws IOException {
    Import imported = imported(SimpleTrace.numberedFlashWrite(), SimpleTrace.declarations());

    assertThat(events(imported, RunReturned.class)).hasSize(1);
    assertThat(events(imported, DeviceWritten.class))
        .containsExactly(new DeviceWritten("region 0x55aa", Gpa.parse("0xffc00008"), 1, 0x90));
    assertThat(events(imported, QemuNoted.class))
        .containsExactly(new QemuNoted("fw_cfg_note", "name \"flash\" type 0x8138ae8d"));
    assertThat(imported.report().inputs())
        .allSatisfy(input -> assertThat(input.notUnderstood()).isEmpty());
  }

  @Test
  void anEventOfTheTranslatorHasTwoNumbers() throws IOException {
    SimpleTrace trace = SimpleTrace.version(3).event(8, 1, 0x10L).event(7, 2);

    Import imported = imported(trace, SimpleTrace.declarations());

    assertThat(events(imported, QemuNoted.class))
        .containsExactly(new QemuNoted("fw_cfg_end", "0x10"));
    assertThat(ofTrace(imported).notUnderstood()).containsOnlyKeys("event guest_mem_before_exec");
  }

  @Test
  void declarationsAreKnownByTheirContentAndMayBePacked() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("run"));
    Files.write(folder.resolve("a.bin"), SimpleTrace.numberedFlashWrite().bytes());
    Files.writeString(folder.resolve("z.txt"), SimpleTrace.declarations());

    Import imported = CaptureImporter.importFolder(folder, ImportOptions.DEFAULT);

    assertThat(imported.report().inputs())
        .extracting(InputReport::format)
        .containsExactly("qemu-simple", "trace-events");
    assertThat(events(imported, DeviceWritten.class)).hasSize(1);
  }

  @Test
  void whatTheRingDroppedIsAnEvent() throws IOException {
    SimpleTrace trace = SimpleTrace.numberedFlashWrite().event(-2, 5_000_000_009L, 42L);

    assertThat(events(imported(trace, SimpleTrace.declarations()), EventsLost.class))
        .containsExactly(new EventsLost("trace", 42));
  }

  @Test
  void withoutDeclarationsItIsSaidWhatToGive() {
    assertThatThrownBy(() -> imported(SimpleTrace.numberedFlashWrite()))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("it has version 3 of QEMU 2.1 to 2.7")
        .hasMessageContaining("give with it the trace-events of the source")
        .hasMessageContaining("pagetrail import trace trace-events -o FILE");
  }

  @Test
  void ofTwoDeclarationsNoneIsChosen() {
    assertThatThrownBy(() ->
            imported(
                SimpleTrace.numberedFlashWrite(),
                SimpleTrace.declarations(),
                SimpleTrace.declarations()))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("give with it only that of the source")
        .hasMessageContaining("out of declarations0 and declarations1");
  }

  @Test
  void declarationsOfAnotherBuildAreSeenByTheArguments() throws IOException {
    String other = SimpleTrace.declarations().replaceFirst("g_malloc.*\n", "");

    Import imported = imported(SimpleTrace.numberedFlashWrite(), other);

    assertThat(events(imported, DeviceWritten.class)).isEmpty();
    assertThat(ofTrace(imported).notUnderstood())
        .containsOnlyKeys(
            "exec_tb with other arguments",
            "fw_cfg_note with other arguments",
            "event guest_mem_before_trans");
  }

  @Test
  void aLineThatDeclaresNothingIsCounted() throws IOException {
    Import imported =
        imported(
            SimpleTrace.numberedFlashWrite(),
            SimpleTrace.declarations() + "rubbish\nenable a(void)\n");

    assertThat(imported.report().inputs().getFirst().notUnderstood())
        .hasEntrySatisfying(
            "declaration of an event", tally -> assertThat(tally.count()).isEqualTo(2));
  }

  private static InputReport ofTrace(Import imported) {
    return imported.report().inputs().getLast();
  }

  private Import imported(SimpleTrace trace, String... declarations) throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(Files.write(temp.resolve("trace"), trace.bytes()));
    for (String declaration : declarations) {
      files.add(Files.writeString(temp.resolve("declarations" + (files.size() - 1)), declaration));
    }
    return CaptureImporter.importInputs(files, ImportOptions.DEFAULT);
  }
}
