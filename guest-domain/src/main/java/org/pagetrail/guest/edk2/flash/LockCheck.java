package org.pagetrail.guest.edk2.flash;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.step.Access;
import org.pagetrail.guest.step.Compound;
import org.pagetrail.guest.step.Expansion;

/**
 * Asks whether a block is locked, and unlocks it if so.
 *
 * @param block its offset
 */
record LockCheck(Device device, int block) implements Compound<FirmwareMemory> {
  /** Where the lock state is: word 2 of the block. */
  private static final int STATE_OFFSET = 2 * Device.WORD_BYTES;

  @Override
  public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
    return new Expansion<>(
        List.of(
            device.command(block + STATE_OFFSET, Device.READ_ID, rule()),
            new LockState(device, block)),
        memory);
  }

  private Citation rule() {
    return device.driver().cite(DriverRule.LOCK_CHECK);
  }

  /** The halves of a word over each other, as the driver combines the two chips' answers. */
  static long folded(long word) {
    return (word >>> 16) | (word & 0xffff);
  }

  /** Reads the lock state. A state that is not known is taken as unlocked, as QEMU's always is. */
  private record LockState(Device device, int block) implements Access<FirmwareMemory> {
    @Override
    public AccessKind access() {
      return AccessKind.READ;
    }

    @Override
    public Gpa gpa() {
      return device.region().at(block + STATE_OFFSET);
    }

    @Override
    public int width() {
      return Device.WORD_BYTES;
    }

    @Override
    public @Nullable Long value() {
      return null;
    }

    @Override
    public Citation rule() {
      return device.driver().cite(DriverRule.LOCK_CHECK);
    }

    @Override
    public Expansion<FirmwareMemory> answered(
        FirmwareMemory memory, GuestAccessCompleted completion) {
      Long state = completion.value();
      if (state == null || (folded(state) & 1) == 0) {
        return Expansion.done(memory);
      }
      Citation unlock = device.driver().cite(DriverRule.UNLOCK);
      return new Expansion<>(
          List.of(
              device.command(block, Device.LOCK_SET_UP, unlock),
              device.command(block, Device.CONFIRM, unlock),
              new StatusPoll(device, StatusPoll.Operation.UNLOCK),
              device.command(block, Device.READ_ARRAY, unlock)),
          memory);
    }
  }
}
