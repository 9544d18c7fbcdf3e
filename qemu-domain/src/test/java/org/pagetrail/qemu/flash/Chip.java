package org.pagetrail.qemu.flash;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.qemu.flash.FlashEffect.Note;
import org.pagetrail.qemu.flash.FlashEffect.Romd;

/** A flash under test that keeps its romd mode and what it said. */
final class Chip {
  static final FlashGeometry VIRT =
      new FlashGeometry(ByteSize.mebibytes(64), new ByteSize(256 << 10), 4, 2, 0x89, 0x18);
  static final FlashGeometry PC =
      new FlashGeometry(new ByteSize(0x84000), new ByteSize(4096), 1, 0, 0, 0);
  static final FlashRules RULES_7_2_22 = rules(BufferedWrite.WINDOW_OF_THE_COUNT);

  private final FlashRules rules;
  private NorFlash flash;
  private boolean romd = true;
  private final List<Boolean> toggles = new ArrayList<>();
  private List<FlashEffect> effects = List.of();

  private Chip(FlashRules rules, FlashGeometry geometry, boolean readOnly, FlashContent content) {
    this.rules = rules;
    this.flash = NorFlash.plugged("flash", geometry, readOnly, false, content, rules);
  }

  static FlashRules rules(BufferedWrite bufferedWrite) {
    return new FlashRules(
        bufferedWrite,
        BufferAbort.RETURNS_TO_ARRAY,
        ChipSharing.BLOCK_LENGTH_DIVIDED,
        FlashReset.TO_ARRAY,
        FlashSizeCheck.EXACT);
  }

  static Chip virt() {
    return virt(RULES_7_2_22);
  }

  static Chip virt(FlashRules rules) {
    return new Chip(rules, VIRT, false, FlashContent.zeros());
  }

  static Chip readOnly() {
    return new Chip(RULES_7_2_22, VIRT, true, FlashContent.unknown());
  }

  static Chip pc() {
    return new Chip(RULES_7_2_22, PC, false, FlashContent.zeros());
  }

  Chip write(long offset, int width, long value) {
    FlashWrite.Outcome outcome = FlashWrite.write(rules, flash, offset, width, value);
    flash = outcome.flash();
    effects = outcome.effects();
    for (FlashEffect effect : effects) {
      if (effect instanceof Romd mode && mode.on() != romd) {
        romd = mode.on();
        toggles.add(romd);
      }
    }
    return this;
  }

  /** Writes a command to both chips of the bank at offset 0. */
  Chip command(int command) {
    return write(0, 4, command << 16 | command);
  }

  long read(long offset, int width) {
    return FlashAnswer.read(rules, flash, offset, width).value();
  }

  String noteOfRead(long offset, int width) {
    return String.valueOf(FlashAnswer.read(rules, flash, offset, width).note());
  }

  List<String> notes() {
    return effects.stream().filter(Note.class::isInstance).map(e -> ((Note) e).text()).toList();
  }

  List<FlashEffect> effects() {
    return effects;
  }

  /** {@code cycle/command/status} and {@code romd} or {@code io}. */
  String state() {
    return flash.cycle()
        + "/"
        + Integer.toHexString(flash.command())
        + "/"
        + Integer.toHexString(flash.status())
        + (romd ? " romd" : " io");
  }

  /** The changes of romd mode so far. */
  List<Boolean> toggles() {
    return toggles;
  }

  long stored(long offset, int width) {
    return flash.content().word(offset, width);
  }

  NorFlash flash() {
    return flash;
  }

  Chip reset() {
    flash = flash.reset();
    return this;
  }
}
