package org.pagetrail.guest.edk2.flash;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.memory.DriverStatus;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.edk2.memory.LittleEndian;
import org.pagetrail.guest.step.Expansion;
import org.pagetrail.guest.step.Poll;
import org.pagetrail.guest.step.Step;

/**
 * Programs words through the device's buffer. Asks for the buffer until it is available; that loop
 * has a limit.
 *
 * @param offset where, a multiple of the buffer's size
 * @param bytes what, whole words, at most the buffer's size
 */
record BufferedProgram(Device device, int offset, ByteImage bytes) implements Poll<FirmwareMemory> {
  private static final int REQUESTS_MAX = 10_000_000;

  @Override
  public List<TurnAccess> turn() {
    return List.of(
        new TurnAccess(
            AccessKind.WRITE,
            device.region().at(offset),
            Device.WORD_BYTES,
            Device.both(Device.BUFFERED_PROGRAM_SET_UP)),
        new TurnAccess(AccessKind.READ, device.region().at(offset), Device.WORD_BYTES, null));
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
    return REQUESTS_MAX;
  }

  @Override
  public Citation rule() {
    return device.driver().cite(DriverRule.BUFFERED_PROGRAM);
  }

  @Override
  public Expansion<FirmwareMemory> ended(FirmwareMemory memory, long seen) {
    int words = bytes.size() / Device.WORD_BYTES;
    byte[] data = bytes.slice(0, bytes.size());
    List<Step<FirmwareMemory>> steps = new ArrayList<>();
    steps.add(device.word(offset, Device.both(words - 1), rule()));
    for (int word = 0; word < words; word++) {
      int at = word * Device.WORD_BYTES;
      steps.add(device.word(offset + at, LittleEndian.get(data, at, Device.WORD_BYTES), rule()));
    }
    steps.add(device.command(0, Device.CONFIRM, rule()));
    steps.add(new StatusPoll(device, StatusPoll.Operation.PROGRAM));
    steps.add(new Programmed(offset, bytes));
    return new Expansion<>(steps, memory);
  }

  @Override
  public Expansion<FirmwareMemory> gaveUp(FirmwareMemory memory) {
    return new Expansion<>(
        device.driver().endsProgramInArrayMode()
            ? List.of(device.arrayMode(DriverRule.ARRAY_MODE))
            : List.of(),
        memory.withStatus(DriverStatus.DEVICE_ERROR));
  }

  @Override
  public Expansion<FirmwareMemory> unknown(FirmwareMemory memory) {
    return new StatusPoll(device, StatusPoll.Operation.PROGRAM).unknown(memory);
  }
}
