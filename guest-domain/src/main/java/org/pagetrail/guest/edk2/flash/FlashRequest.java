package org.pagetrail.guest.edk2.flash;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.guest.edk2.flash.NorFlashDriver.SmallWrite;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.memory.DriverStatus;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.step.Compound;
import org.pagetrail.guest.step.End;
import org.pagetrail.guest.step.Expansion;
import org.pagetrail.guest.step.Say;
import org.pagetrail.guest.step.Step;

/** What the rest of the firmware asks of the flash driver. */
public sealed interface FlashRequest extends Compound<FirmwareMemory> {

  /** The flash. */
  Device device();

  /**
   * Read bytes. They become the firmware's {@linkplain FirmwareMemory#data data}.
   *
   * @param offset from the device's base
   * @param length at least 1, within one block
   */
  record ReadBytes(Device device, int offset, int length) implements FlashRequest {
    /** Rejects a read that no caller makes. */
    public ReadBytes {
      checkWithinBlock(device.region(), offset, length);
    }

    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      List<Step<FirmwareMemory>> steps = new ArrayList<>();
      steps.add(say(device, "read " + new ByteSize(length) + " at ", offset, DriverRule.READ));
      steps.addAll(loads(device, offset, length));
      return new Expansion<>(steps, memory);
    }

    /** Array mode, then the loads. */
    static List<Step<FirmwareMemory>> loads(Device device, int offset, int length) {
      AccessKind kind = length == 1 ? AccessKind.READ : AccessKind.READ_PAIR;
      return List.of(
          device.arrayMode(DriverRule.READ),
          new CopyOut(
              device.region(),
              offset,
              length,
              kind,
              true,
              device.driver().cite(DriverRule.COPY_PAGE)));
    }
  }

  /**
   * Write bytes, erasing the block if a bit has to be set that is clear.
   *
   * @param offset from the device's base
   * @param bytes at least 1, within one block
   */
  record WriteBytes(Device device, int offset, ByteImage bytes) implements FlashRequest {
    /** Rejects a write that spans blocks. */
    public WriteBytes {
      checkWithinBlock(device.region(), offset, bytes.size());
    }

    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      return new Expansion<>(
          List.of(
              say(device, "write " + new ByteSize(bytes.size()) + " at ", offset, DriverRule.READ),
              switch (device.driver().smallWrite()) {
                case SmallWrite.WordByWord() -> new WriteByWords(this);
                case SmallWrite.ByBuffers buffers -> new WriteByBuffers(this, buffers);
              },
              new Succeeded(device)),
          memory);
    }
  }

  /**
   * Erase whole blocks.
   *
   * @param offset where the first one begins
   * @param count how many
   */
  record EraseBlocks(Device device, int offset, int count) implements FlashRequest {
    /** Rejects blocks that are not there. */
    public EraseBlocks {
      if (offset != device.region().blockOf(offset)
          || count < 1
          || count > device.region().blocks() - offset / device.region().blockBytes()) {
        throw new IllegalArgumentException(count + " blocks at " + offset + " cannot be erased");
      }
    }

    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      List<Step<FirmwareMemory>> steps = new ArrayList<>();
      for (int block = 0; block < count; block++) {
        int at = offset + block * device.region().blockBytes();
        steps.add(say(device, "erase block ", at, DriverRule.ERASE));
        steps.add(new EraseBlock(device, at, 1));
        steps.add(new Succeeded(device));
      }
      return new Expansion<>(steps, memory);
    }
  }

  /** Ends the program if the operation failed. */
  record Succeeded(Device device) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      return memory.status() == DriverStatus.SUCCESS
          ? Expansion.done(memory)
          : new Expansion<>(
              List.of(
                  new End.Stopped<>(
                      "not followed further: the flash refused an operation",
                      device.driver().cite(DriverRule.FAILED))),
              memory);
    }
  }

  private static void checkWithinBlock(FlashRegion region, int offset, int length) {
    if (length < 1
        || offset < 0
        || length > region.blockBytes()
        || region.blockOf(offset) != region.blockOf(offset + length - 1)) {
      throw new IllegalArgumentException(length + " bytes at " + offset + " are not in one block");
    }
  }

  private static Say<FirmwareMemory> say(Device device, String what, int at, DriverRule rule) {
    return new Say<>(what + device.region().at(at), device.driver().cite(rule));
  }
}
