package org.pagetrail.guest.edk2.flash;

import java.util.List;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.guest.edk2.memory.DriverStatus;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.step.Compound;
import org.pagetrail.guest.step.Expansion;

/**
 * Erases one block; a block that calls itself locked is tried again.
 *
 * @param block its offset
 * @param attempt counted from 1
 */
record EraseBlock(Device device, int block, int attempt) implements Compound<FirmwareMemory> {
  private static final int ATTEMPTS_MAX = 10;

  @Override
  public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
    Citation rule = device.driver().cite(DriverRule.ERASE);
    return new Expansion<>(
        List.of(
            new LockCheck(device, block),
            device.command(block, Device.ERASE_SET_UP, rule),
            device.command(block, Device.CONFIRM, rule),
            new StatusPoll(device, StatusPoll.Operation.ERASE),
            new Erased(this)),
        memory);
  }

  /** Draws the conclusion from the status. */
  private record Erased(EraseBlock erase) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      if (memory.status() == DriverStatus.SUCCESS) {
        return Expansion.done(
            memory.withFlash(
                memory.flash().withErased(erase.block, erase.device.region().blockBytes())));
      }
      return memory.status() == DriverStatus.WRITE_PROTECTED && erase.attempt < ATTEMPTS_MAX
          ? new Expansion<>(
              List.of(new EraseBlock(erase.device, erase.block, erase.attempt + 1)), memory)
          : Expansion.done(memory);
    }
  }
}
