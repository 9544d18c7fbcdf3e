package org.pagetrail.qemu.flash;

import java.util.List;

/**
 * A NOR flash. Its romd mode is kept by its memory region.
 *
 * @param device its name
 * @param readOnly true if the file behind it cannot be written
 * @param secure true if only secure accesses reach the command machine
 */
public record NorFlash(
    String device,
    FlashGeometry geometry,
    boolean readOnly,
    boolean secure,
    FlashRegisters registers,
    FlashContent content) {

  /** A flash as the machine starts with it. */
  public static NorFlash plugged(
      String device,
      FlashGeometry geometry,
      boolean readOnly,
      boolean secure,
      FlashContent content,
      FlashRules rules) {
    FlashRegisters registers = FlashRegisters.powerOn(rules.reset().powerOnStatus());
    return new NorFlash(device, geometry, readOnly, secure, registers, content);
  }

  /** The flash after a system reset that reaches it. */
  public NorFlash reset() {
    FlashRegisters fresh =
        new FlashRegisters(
            0, 0, FlashRegisters.READY, registers.counter(), FlashRegisters.NO_WINDOW, List.of());
    return with(fresh);
  }

  /** The flash in array mode, as a read under an unknown command leaves it. */
  public NorFlash forgetCommand() {
    return with(registers.command(0, 0));
  }

  /** The write cycle, 0 to 3. */
  public int cycle() {
    return registers.cycle();
  }

  /** The command in force, 0 in array mode. */
  public int command() {
    return registers.command();
  }

  /** The status register. */
  public int status() {
    return registers.status();
  }

  /** The same with another content. */
  public NorFlash with(FlashContent fresh) {
    return new NorFlash(device, geometry, readOnly, secure, registers, fresh);
  }

  NorFlash with(FlashRegisters fresh) {
    return new NorFlash(device, geometry, readOnly, secure, fresh, content);
  }
}
