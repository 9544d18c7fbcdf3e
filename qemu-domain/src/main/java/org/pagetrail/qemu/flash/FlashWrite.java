package org.pagetrail.qemu.flash;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.qemu.flash.FlashEffect.ArrayMode;
import org.pagetrail.qemu.flash.FlashEffect.Erase;
import org.pagetrail.qemu.flash.FlashEffect.Exit;
import org.pagetrail.qemu.flash.FlashEffect.Note;
import org.pagetrail.qemu.flash.FlashEffect.Program;
import org.pagetrail.qemu.flash.FlashEffect.Romd;
import org.pagetrail.qemu.flash.FlashEffect.Store;
import org.pagetrail.qemu.flash.FlashRegisters.Word;

/**
 * One write to the flash: what it does, and the flash after it. The command is the low byte of the
 * value, whatever the width, and counts for the whole device.
 */
public final class FlashWrite {
  private static final int CONFIRM = 0xd0;

  private final FlashRules rules;
  private final long offset;
  private final int width;
  private final long value;
  private final List<FlashEffect> effects = new ArrayList<>();
  private NorFlash flash;

  private FlashWrite(FlashRules rules, NorFlash flash, long offset, int width, long value) {
    this.rules = rules;
    this.flash = flash;
    this.offset = offset;
    this.width = width;
    this.value = value;
  }

  /**
   * What a write came to.
   *
   * @param effects what happened, in order
   */
  public record Outcome(NorFlash flash, List<FlashEffect> effects) {
    /** Copies the list. */
    public Outcome {
      effects = List.copyOf(effects);
    }
  }

  /** Takes a write of 1, 2 or 4 bytes at {@code offset} of the device. */
  public static Outcome write(
      FlashRules rules, NorFlash flash, long offset, int width, long value) {
    FlashWrite write = new FlashWrite(rules, flash, offset, width, value);
    write.run();
    return new Outcome(write.flash, write.effects);
  }

  private void run() {
    int command = (int) value & 0xff;
    FlashRegisters registers = flash.registers();
    switch (registers.cycle()) {
      case 0 -> {
        effects.add(new Romd(false));
        first(command);
      }
      case 1 -> second(command);
      case 2 -> data();
      default -> confirmation(command);
    }
  }

  private FlashRegisters registers() {
    return flash.registers();
  }

  private void become(FlashRegisters registers) {
    flash = flash.with(registers);
  }

  private void note(String text) {
    effects.add(new Note(text));
  }

  private void first(int command) {
    switch (command) {
      case 0x10, 0x40 -> {
        note("single byte program (0)");
        become(registers().command(1, command));
      }
      case 0x20 -> {
        erase();
        become(registers().command(1, command));
      }
      case 0x50 -> {
        note("clear status bits");
        become(registers().clearStatus());
        toArray();
      }
      case 0x60 -> {
        note("block unlock");
        become(registers().command(1, command));
      }
      case 0x70 -> {
        note("read status register");
        become(registers().command(0, command));
      }
      case 0x90 -> {
        note("read device information");
        become(registers().command(0, command));
      }
      case 0x98 -> {
        note("CFI query");
        become(registers().command(1, command));
      }
      case 0xe8 -> {
        note("write to buffer");
        become(registers().raise(FlashRegisters.READY).command(1, command));
      }
      case 0xf0 -> {
        note("probe for AMD flash");
        toArray();
      }
      case 0xff -> {
        note("read array mode");
        toArray();
      }
      default -> toArray();
    }
  }

  /** The erasure happens at the set-up command; the confirmation adds nothing. */
  private void erase() {
    long size = flash.geometry().block().bytes();
    long start = offset & -size;
    effects.add(new Erase(start, size, !flash.readOnly()));
    if (flash.readOnly()) {
      become(registers().raise(FlashRegisters.ERASE_ERROR));
    } else {
      flash = flash.with(flash.content().erased(start, size));
    }
    become(registers().raise(FlashRegisters.READY));
  }

  private void second(int command) {
    switch (registers().command()) {
      case 0x10, 0x40 -> {
        note("single byte program (1)");
        program();
        become(registers().raise(FlashRegisters.READY).cycle(0));
      }
      case 0x20 -> {
        if (command == CONFIRM) {
          become(registers().raise(FlashRegisters.READY).cycle(0));
        } else {
          toArray();
        }
      }
      case 0x60 -> lock(command);
      case 0x98 -> {
        if (command == 0xff) {
          toArray();
        } else {
          note("leaving query mode");
        }
      }
      case 0xe8 -> count();
      default -> toArray();
    }
  }

  private void lock(int command) {
    if (command == CONFIRM || command == 0x01) {
      become(registers().raise(FlashRegisters.READY).cycle(0));
      return;
    }
    if (command != 0xff) {
      note("unknown (un)locking command");
    }
    toArray();
  }

  private void count() {
    FlashGeometry geometry = flash.geometry();
    int lane = geometry.deviceWidth() == 0 ? geometry.bankWidth() : geometry.deviceWidth();
    long words = value & FlashGeometry.mask(lane) & 0xffff_ffffL;
    become(registers().counter(words).cycle(2));
    switch (rules.bufferedWrite()) {
      case STRAIGHT_TO_STORAGE -> note("block write: bytes:0x" + Long.toHexString(words));
      case WINDOW_OF_THE_COUNT -> openWindow();
      case WINDOW_OF_THE_FIRST_WORD -> {}
    }
  }

  private void openWindow() {
    note("block write start: bytes:0x" + Long.toHexString(registers().counter()));
    become(registers().window(offset & -rules.chips().windowBytes(flash.geometry())));
  }

  private void data() {
    if (registers().command() != 0xe8) {
      toArray();
      return;
    }
    switch (rules.bufferedWrite()) {
      case STRAIGHT_TO_STORAGE -> program();
      case WINDOW_OF_THE_COUNT -> buffer();
      case WINDOW_OF_THE_FIRST_WORD -> {
        if (registers().window() == FlashRegisters.NO_WINDOW && registers().counter() != 0) {
          openWindow();
        }
        buffer();
      }
    }
    become(registers().raise(FlashRegisters.READY));
    long left = registers().counter();
    if (left == 0) {
      note("block write finished");
      become(registers().cycle(3));
    }
    become(registers().counter(left - 1));
  }

  /** Overwrites the storage: a bit that was 0 may become 1 without an erasure. */
  private void program() {
    if (flash.readOnly()) {
      become(registers().raise(FlashRegisters.PROGRAM_ERROR));
      return;
    }
    effects.add(new Program(offset, width, value, false));
    flash = flash.with(flash.content().withWord(offset, width, value));
  }

  private void buffer() {
    long window = registers().window();
    long end = window + rules.chips().windowBytes(flash.geometry());
    boolean open = window != FlashRegisters.NO_WINDOW && !flash.readOnly();
    if (!open || offset < window || offset + width > end) {
      become(registers().raise(FlashRegisters.PROGRAM_ERROR));
      return;
    }
    effects.add(new Program(offset, width, value, true));
    List<Word> words = new ArrayList<>(registers().buffered());
    words.add(new Word(offset, width, value));
    become(registers().buffered(List.copyOf(words)));
  }

  private void confirmation(int command) {
    boolean straight = rules.bufferedWrite() == BufferedWrite.STRAIGHT_TO_STORAGE;
    boolean failed = (registers().status() & FlashRegisters.PROGRAM_ERROR) != 0;
    if (command == CONFIRM && (straight || !failed)) {
      if (!straight) {
        flush();
      }
      become(registers().raise(FlashRegisters.READY).cycle(0));
    } else if (rules.abort() == BufferAbort.EXITS) {
      effects.add(new Exit("PFLASH: Possible BUG - Write block confirm"));
    } else {
      if (!straight) {
        note("block write abort");
        become(registers().window(FlashRegisters.NO_WINDOW));
      }
      toArray();
    }
  }

  private void flush() {
    note("block write flush");
    FlashContent content = flash.content();
    for (Word word : registers().buffered()) {
      content = content.withWord(word.offset(), word.width(), word.value());
    }
    long size = rules.chips().windowBytes(flash.geometry());
    effects.add(new Store(registers().window(), size));
    flash = flash.with(content);
    become(registers().window(FlashRegisters.NO_WINDOW));
  }

  private void toArray() {
    effects.add(new ArrayMode());
    effects.add(new Romd(true));
    become(registers().command(0, 0));
  }
}
