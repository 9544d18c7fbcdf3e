package org.pagetrail.guest.edk2.flash;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.guest.edk2.flash.FlashRequest.ReadBytes;
import org.pagetrail.guest.edk2.flash.FlashRequest.WriteBytes;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.memory.DriverStatus;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.step.Compound;
import org.pagetrail.guest.step.Expansion;
import org.pagetrail.guest.step.Step;

/**
 * A write that reads its block into the shadow buffer, erases it and programs what is not erased.
 */
record RewriteBlock(WriteBytes write) implements Compound<FirmwareMemory> {
  @Override
  public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
    Device device = write.device();
    int block = device.region().blockOf(write.offset());
    List<Step<FirmwareMemory>> steps =
        new ArrayList<>(ReadBytes.loads(device, block, device.region().blockBytes()));
    steps.add(new Merge(write, block));
    steps.add(new EraseBlock(device, block, 1));
    steps.add(new Refill(device, block, 0));
    return new Expansion<>(steps, memory);
  }

  /** The block as it is to be. */
  private record Merge(WriteBytes write, int block) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      ByteImage bytes = write.bytes();
      return Expansion.done(
          memory.withShadow(
              memory.data().with(write.offset() - block, bytes.slice(0, bytes.size()))));
    }
  }

  /** Programs the buffers of the block, from {@code next} on, that are not erased anyway. */
  private record Refill(Device device, int block, int next) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      int size = device.region().blockBytes();
      int at = next;
      while (at < size && memory.shadow().isErased(at, Device.BUFFER_BYTES)) {
        at += Device.BUFFER_BYTES;
      }
      if (at == size || memory.status() != DriverStatus.SUCCESS) {
        return new Expansion<>(List.of(device.arrayMode(DriverRule.ARRAY_MODE)), memory);
      }
      return new Expansion<>(
          List.of(
              new BufferedProgram(
                  device, block + at, memory.shadow().part(at, Device.BUFFER_BYTES)),
              new Refill(device, block, at + Device.BUFFER_BYTES)),
          memory);
    }
  }
}
