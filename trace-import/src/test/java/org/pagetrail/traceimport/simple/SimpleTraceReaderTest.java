package org.pagetrail.traceimport.simple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pagetrail.traceimport.ImportedEvents.events;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.QemuEvent.DeviceWritten;
import org.pagetrail.events.QemuEvent.FlashWritten;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.QemuEvent.QemuNoted;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.ImportOptions;
import org.pagetrail.traceimport.input.ImportException;

/** The file of QEMU's simple backend: read as its writer writes it. */
class SimpleTraceReaderTest {
  @TempDir Path temp;

  @Test
  void recordsAreTheEventsThatTheLogBackendPrints() throws IOException {
    Import imported = imported(SimpleTrace.ofAFlashWrite().bytes());

    assertThat(imported.report().inputs().getFirst().format()).isEqualTo("qemu-simple");
    assertThat(imported.report().inputs().getFirst().notUnderstood()).isEmpty();
    assertThat(imported.report().inputs().getFirst().lines()).isEqualTo(9);
    assertThat(events(imported, RunReturned.class)).hasSize(1);
    assertThat(events(imported, DeviceWritten.class))
        .containsExactly(new DeviceWritten("system.flash1", Gpa.parse("0xffc00008"), 1, 0x90));
    assertThat(events(imported, FlashWritten.class))
        .containsExactly(new FlashWritten("system.flash1", 8, 1, 0x90, 0));
    assertThat(events(imported, MemslotRequested.class))
        .singleElement()
        .extracting(MemslotRequested::size)
        .isEqualTo(ByteSize.ZERO);
    assertThat(imported.trail().entries())
        .extracting(TrailEntry::timeNanos)
        .contains(5_000_000_001L, 5_000_000_004L);
  }

  @Test
  void bothFormsOfTheMemslotEventAreReadByTheNumberOfTheirArguments() throws IOException {
    byte[] newer =
        SimpleTrace.version(4)
            .named("kvm_set_user_memory")
            .event(0, 1, 1L, 3L, 2L, 0x1000L, 0x2000L, 0x7f0000L, -1L, 0L, -17L)
            .bytes();

    assertThat(events(imported(newer), MemslotRequested.class))
        .singleElement()
        .satisfies(request -> {
          assertThat(request.slot().addressSpace()).isOne();
          assertThat(request.ret()).isEqualTo(-17);
        });
  }

  @Test
  void whatTheRingDroppedIsAnEvent() throws IOException {
    byte[] bytes = SimpleTrace.ofAFlashWrite().event(-2, 5_000_000_009L, 42L).bytes();

    assertThat(events(imported(bytes), EventsLost.class))
        .containsExactly(new EventsLost("trace", 42));
  }

  @Test
  void anEventThatSaysNothingOfMemoryIsCountedByItsName() throws IOException {
    Import imported =
        imported(SimpleTrace.ofAFlashWrite().event(4, 5_000_000_009L, 1L).event(9, 7).bytes());

    assertThat(imported.report().inputs().getFirst().notUnderstood())
        .containsOnlyKeys("event net_checksum", "event without a name");
  }

  @Test
  void aCutFileIsReadUpToTheCutWhichIsAnEvent() throws IOException {
    byte[] whole = SimpleTrace.ofAFlashWrite().bytes();
    Import imported = imported(Arrays.copyOf(whole, whole.length - 3));

    assertThat(events(imported, FlashWritten.class)).hasSize(1);
    assertThat(events(imported, MemslotRequested.class)).isEmpty();
    assertThat(imported.report().inputs().getFirst().notUnderstood())
        .containsOnlyKeys("last record, which is cut");
    assertThat(events(imported, EventsLost.class)).containsExactly(new EventsLost("trace", 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 2})
  void aVersionOfBeforeTheOldestReleaseIsRefusedByItsNumber(long version) {
    assertThatThrownBy(() -> imported(SimpleTrace.version(version).words(1, 2, 3).bytes()))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("it has version " + version + " of QEMU before 2.1")
        .hasMessageContaining("simpletrace.py");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 5, -1})
  void aVersionThatNobodyKnowsIsRefusedByItsNumber(long version) {
    assertThatThrownBy(() -> imported(SimpleTrace.version(version).bytes()))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("it has version " + version + ", which no known QEMU writes")
        .hasMessageContaining("versions 3 and 4 are read");
  }

  @Test
  void aFileOfABigEndianMachineIsRefusedAndNotTakenForText() {
    byte[] bytes =
        ByteBuffer.allocate(24).putLong(-1).putLong(0xf2b177cb0aa429b4L).putLong(4).array();

    assertThatThrownBy(() -> imported(bytes))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("big-endian machine");
  }

  @Test
  void lengthsThatNoRecordHasEndTheReadingAndAreCounted() throws IOException {
    for (byte[] bad :
        List.of(
            SimpleTrace.ofAFlashWrite().words(7).bytes(),
            SimpleTrace.ofAFlashWrite().words(0, 9, -1).bytes(),
            SimpleTrace.ofAFlashWrite().words(1, 0, 0, -1).bytes(),
            SimpleTrace.ofAFlashWrite().words(1, 0, 0, 0x7fffffff).bytes())) {
      Import imported = imported(bad);

      assertThat(imported.report().inputs().getFirst().notUnderstood().keySet())
          .singleElement()
          .asString()
          .contains("the rest cannot be read");
      assertThat(events(imported, MemslotRequested.class)).hasSize(1);
    }
  }

  @Test
  void anIoctlWhoseNumberHasTheHighBitIsPrintedAsTheLogPrintsIt() throws IOException {
    byte[] bytes =
        SimpleTrace.version(4)
            .named("kvm_vm_ioctl")
            .event(0, 1, 0xffff_ffff_8138_ae8dL, 0x7ffc1000L)
            .bytes();

    assertThat(events(imported(bytes), QemuNoted.class))
        .containsExactly(new QemuNoted("kvm_vm_ioctl", "type 0x8138ae8d, arg 0x7ffc1000"));
  }

  @Test
  void anEventThatNoTableHasIsPrintedAsItsDeclarationSays() throws IOException {
    byte[] bytes = SimpleTrace.version(4).named("fw_cfg_note").event(0, 1, "etc/e820", -1L).bytes();

    assertThat(events(imported(bytes, SimpleTrace.declarations()), QemuNoted.class))
        .containsExactly(new QemuNoted("fw_cfg_note", "name \"etc/e820\" type 0xffffffff"));
    assertThat(imported(bytes).report().inputs().getFirst().notUnderstood())
        .containsOnlyKeys("event fw_cfg_note");
  }

  private Import imported(byte[] bytes) throws IOException {
    Path file = Files.write(temp.resolve("trace"), bytes);
    return CaptureImporter.importInputs(List.of(file), ImportOptions.DEFAULT);
  }

  private Import imported(byte[] bytes, String declarations) throws IOException {
    Path file = Files.write(temp.resolve("trace"), bytes);
    Path beside = Files.writeString(temp.resolve("declarations"), declarations);
    return CaptureImporter.importInputs(List.of(file, beside), ImportOptions.DEFAULT);
  }
}
