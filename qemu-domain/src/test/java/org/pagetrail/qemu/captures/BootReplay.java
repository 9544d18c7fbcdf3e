package org.pagetrail.qemu.captures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.qemu.QemuCommand;
import org.pagetrail.qemu.QemuCommand.DispatchRead;
import org.pagetrail.qemu.QemuCommand.DispatchWrite;
import org.pagetrail.qemu.QemuCommand.PowerOn;
import org.pagetrail.qemu.QemuDecider;
import org.pagetrail.qemu.QemuModel;
import org.pagetrail.qemu.QemuState;

/** Gives the model the machine and the recorded accesses to flash, and collects both traces. */
final class BootReplay {
  private static final Map<String, Long> BASES =
      Map.of("virt.flash0", 0L, "virt.flash1", 0x400_0000L);

  private final QemuDecider decider = new QemuDecider(QemuModel.of(CapturedBoot.RELEASE));
  private final List<String> recorded = new ArrayList<>();
  private final List<String> predicted = new ArrayList<>();
  private QemuState state = QemuState.INITIAL;

  static BootReplay of(CapturedBoot boot) {
    BootReplay replay = new BootReplay();
    replay.take(new PowerOn(boot.spec()));
    for (TraceLine line : boot.log()) {
      replay.take(line);
    }
    return replay;
  }

  /** The lines of the trace, of the kinds that the model decides. */
  List<String> recorded() {
    return recorded;
  }

  /** The same from the model. */
  List<String> predicted() {
    return predicted;
  }

  QemuState state() {
    return state;
  }

  private void take(TraceLine line) {
    String event = line.event();
    if (event.equals("memory_region_ops_write") && BASES.containsKey(line.region())) {
      take(new DispatchWrite(0, new Gpa(line.hex("addr")), line.number("size"), line.hex("value")));
    } else if (event.equals("pflash_io_read")) {
      long gpa = BASES.getOrDefault(line.device(), 0L) + line.hex("offset");
      take(new DispatchRead(0, new Gpa(gpa), line.number("size")));
    }
    if (event.startsWith("pflash_")
        || event.equals("kvm_set_user_memory")
        || BASES.containsKey(line.region())) {
      recorded.add(line.withoutPointers().replaceAll(" counter:0x[0-9a-f]*", ""));
    }
  }

  private void take(QemuCommand command) {
    for (Decision decision : decider.decide(state, command)) {
      state = decider.evolve(state, decision.event());
      String text = TraceText.of(decision.event());
      if (text != null && !text.startsWith("flatview")) {
        predicted.add(text);
      }
    }
  }
}
