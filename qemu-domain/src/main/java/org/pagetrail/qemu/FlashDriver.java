package org.pagetrail.qemu;

import java.util.List;
import org.pagetrail.events.QemuEvent.FlashArrayMode;
import org.pagetrail.events.QemuEvent.FlashBufferStored;
import org.pagetrail.events.QemuEvent.FlashErased;
import org.pagetrail.events.QemuEvent.FlashNoted;
import org.pagetrail.events.QemuEvent.FlashProgrammed;
import org.pagetrail.events.QemuEvent.FlashRead;
import org.pagetrail.events.QemuEvent.FlashWritten;
import org.pagetrail.events.QemuEvent.MonitorExited;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.trail.Input;
import org.pagetrail.qemu.flash.FlashAnswer;
import org.pagetrail.qemu.flash.FlashEffect;
import org.pagetrail.qemu.flash.FlashEffect.ArrayMode;
import org.pagetrail.qemu.flash.FlashEffect.Erase;
import org.pagetrail.qemu.flash.FlashEffect.Exit;
import org.pagetrail.qemu.flash.FlashEffect.Note;
import org.pagetrail.qemu.flash.FlashEffect.Program;
import org.pagetrail.qemu.flash.FlashEffect.Romd;
import org.pagetrail.qemu.flash.FlashEffect.Store;
import org.pagetrail.qemu.flash.FlashRules;
import org.pagetrail.qemu.flash.FlashWrite;
import org.pagetrail.qemu.flash.NorFlash;
import org.pagetrail.qemu.region.RegionOp.SetRomd;
import org.pagetrail.qemu.rule.Rule;

/** Serves device accesses to a NOR flash and makes its effects events. */
final class FlashDriver {
  static final Rule COMMANDS =
      new Rule(
          "qemu/flash/intel-commands",
          "Every write in cycle 0 leaves romd mode first; the low byte is the command, for the"
              + " whole device; erasing happens at the set-up, programming overwrites, 50 clears"
              + " the ready bit too, an unknown command returns to array mode.",
          "QEMU 2.1 to 10.2, hw/block/pflash_cfi01.c");

  private final Draft draft;

  FlashDriver(Draft draft) {
    this.draft = draft;
  }

  void write(NorFlash flash, long offset, int width, long value) throws Impossible {
    if (flash.secure()) {
      return;
    }
    FlashRules rules = draft.model().flash();
    FlashWrite.Outcome outcome = FlashWrite.write(rules, flash, offset, width, value);
    String device = flash.device();
    draft.add(
        new FlashWritten(device, offset, width, value, flash.cycle()),
        COMMANDS,
        Input.of("command", flash.command()),
        Input.of("status", flash.status()));
    for (FlashEffect effect : outcome.effects()) {
      apply(device, effect);
    }
  }

  private void apply(String device, FlashEffect effect) throws Impossible {
    FlashRules rules = draft.model().flash();
    switch (effect) {
      case Romd romd ->
          RegionEdits.commit(draft, HostMemory.of(draft), List.of(new SetRomd(device, romd.on())));
      case ArrayMode mode -> draft.add(new FlashArrayMode(device), COMMANDS);
      case Note note -> draft.add(new FlashNoted(device, note.text()), COMMANDS);
      case Erase erase -> {
        if (erase.done()) {
          draft.add(new FlashErased(device, erase.offset(), new ByteSize(erase.size())), COMMANDS);
        } else {
          draft.add(new FlashNoted(device, refusedErasure(erase)), COMMANDS);
        }
      }
      case Program program ->
          draft.add(
              new FlashProgrammed(
                  device, program.offset(), program.width(), program.value(), program.buffered()),
              rules.bufferedWrite().rule());
      case Store store ->
          draft.add(
              new FlashBufferStored(device, store.offset(), new ByteSize(store.size())),
              rules.bufferedWrite().rule());
      case Exit exit -> draft.add(new MonitorExited(exit.reason()), rules.abort().rule());
    }
  }

  /** QEMU traces an erasure before it looks whether the file can be written. */
  private static String refusedErasure(Erase erase) {
    return "block erase offset:0x"
        + Long.toHexString(erase.offset())
        + " bytes:0x"
        + Long.toHexString(erase.size());
  }

  /** The value as the device computes it; the caller cuts it to the width. */
  FlashAnswer.Outcome read(NorFlash flash, long offset, int width) {
    FlashAnswer.Outcome answer =
        flash.secure()
            ? FlashAnswer.array(flash, offset, width)
            : FlashAnswer.read(draft.model().flash(), flash, offset, width);
    String note = answer.note();
    if (note != null) {
      draft.add(new FlashNoted(flash.device(), note), COMMANDS);
    }
    if (!flash.secure()) {
      NorFlash after = answer.flash();
      draft.add(
          new FlashRead(
              flash.device(), offset, width, answer.value(), after.command(), after.cycle()),
          COMMANDS,
          Input.of("known", answer.known()));
    }
    return answer;
  }
}
