package org.pagetrail.qemu.captures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;

/**
 * Every boot of a real QEMU, given its command line and the guest's accesses to devices: the model
 * must trace what QEMU traced, in the same order.
 */
class CapturedBootsTest {

  static List<BootReplay> boots() throws IOException {
    return CapturedBoot.all().stream().map(BootReplay::of).toList();
  }

  @ParameterizedTest
  @MethodSource("boots")
  void everyLineOfTheTraceIsPredicted(BootReplay replay) {
    for (String kind :
        List.of("kvm_set_user_memory", "pflash_", "flatview_", "memory_region_ops")) {
      List<String> recorded = ofKind(replay.recorded(), kind);
      assertThat(recorded).as(kind).isNotEmpty();
      assertThat(difference(recorded, ofKind(replay.predicted(), kind)))
          .as("%s of %d lines", kind, recorded.size())
          .isEmpty();
    }

    assertThat(difference(replay.recorded(), replay.predicted()))
        .as("%d lines in order", replay.recorded().size())
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("boots")
  void theFlatViewIsWhatTheMonitorShowedBeforeTheGuestRan(BootReplay replay) throws IOException {
    List<FlatViewCommitted> shown = replay.committedAtStart();
    MonitorLog monitor = MonitorLog.of(replay.boot());

    assertThat(shown).extracting(FlatViewCommitted::addressSpace).contains("memory", "I/O");
    for (FlatViewCommitted view : shown) {
      assertThat(monitor.linesOf(view.addressSpace()))
          .as(view.addressSpace())
          .isEqualTo(MonitorLog.linesOf(view, replay.slotsAtStart()));
    }
  }

  private static List<String> ofKind(List<String> lines, String kind) {
    return lines.stream().filter(line -> line.startsWith(kind)).toList();
  }

  /** The first lines that differ, or nothing. */
  private static String difference(List<String> recorded, List<String> predicted) {
    int length = Math.max(recorded.size(), predicted.size());
    for (int i = 0; i < length; i++) {
      String was = i < recorded.size() ? recorded.get(i) : "nothing more";
      String is = i < predicted.size() ? predicted.get(i) : "nothing more";
      if (!was.equals(is)) {
        return "line " + i + " was '" + was + "', the model says '" + is + "'";
      }
    }
    return "";
  }
}
