package org.pagetrail.guest.edk2.flash;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.guest.edk2.memory.DriverStatus;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.step.End;
import org.pagetrail.guest.step.Expansion;
import org.pagetrail.guest.step.Poll;
import org.pagetrail.guest.step.Step;

/**
 * Waits for an operation and looks at its errors.
 *
 * @param operation what is waited for
 */
record StatusPoll(Device device, Operation operation) implements Poll<FirmwareMemory> {

  /** What the status is polled for; it decides which error bits are looked at. */
  enum Operation {
    ERASE,
    PROGRAM,
    UNLOCK
  }

  @Override
  public List<TurnAccess> turn() {
    return List.of(
        new TurnAccess(
            AccessKind.WRITE,
            device.region().base(),
            Device.WORD_BYTES,
            Device.both(Device.READ_STATUS)),
        new TurnAccess(AccessKind.READ, device.region().base(), Device.WORD_BYTES, null));
  }

  @Override
  public long mask() {
    return Device.READY;
  }

  @Override
  public long wanted() {
    return Device.READY;
  }

  @Override
  public int turnsMax() {
    return 0;
  }

  @Override
  public Citation rule() {
    return device.driver().cite(DriverRule.POLL_STATUS);
  }

  @Override
  public Expansion<FirmwareMemory> ended(FirmwareMemory memory, long seen) {
    DriverStatus status = statusIn(seen);
    List<Step<FirmwareMemory>> steps = new ArrayList<>();
    boolean isSuccess = status == DriverStatus.SUCCESS;
    switch (operation) {
      case ERASE -> {
        if (!isSuccess) {
          steps.add(clear(DriverRule.CLEAR_ERASE_ERROR));
        }
        steps.add(device.arrayMode(DriverRule.ARRAY_MODE));
      }
      case PROGRAM -> {
        if (isSuccess) {
          steps.add(clear(DriverRule.CLEAR_STATUS));
        }
        if (device.driver().endsProgramInArrayMode()) {
          steps.add(device.arrayMode(DriverRule.ARRAY_MODE));
        }
      }
      case UNLOCK -> {}
    }
    return new Expansion<>(steps, memory.withStatus(status));
  }

  private DriverStatus statusIn(long seen) {
    return switch (operation) {
      case ERASE -> {
        if ((seen & Device.LOCKED_ERROR) != 0) {
          yield DriverStatus.WRITE_PROTECTED;
        }
        yield (seen & (Device.VOLTAGE_ERROR | Device.ERASE_ERROR)) == 0
            ? DriverStatus.SUCCESS
            : DriverStatus.DEVICE_ERROR;
      }
      case PROGRAM ->
          (seen & (Device.VOLTAGE_ERROR | Device.PROGRAM_ERROR | Device.LOCKED_ERROR)) == 0
              ? DriverStatus.SUCCESS
              : DriverStatus.DEVICE_ERROR;
      case UNLOCK -> DriverStatus.SUCCESS;
    };
  }

  private Step<FirmwareMemory> clear(DriverRule rule) {
    return device.command(0, Device.CLEAR_STATUS, device.driver().cite(rule));
  }

  @Override
  public Expansion<FirmwareMemory> gaveUp(FirmwareMemory memory) {
    return Expansion.done(memory);
  }

  @Override
  public Expansion<FirmwareMemory> unknown(FirmwareMemory memory) {
    return new Expansion<>(
        List.of(new End.Stopped<>("not followed further: the flash's status is not known", rule())),
        memory);
  }
}
