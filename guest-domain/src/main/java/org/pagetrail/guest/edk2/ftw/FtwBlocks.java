package org.pagetrail.guest.edk2.ftw;

import java.util.List;
import org.pagetrail.guest.edk2.flash.Device;
import org.pagetrail.guest.edk2.flash.FlashRequest;
import org.pagetrail.guest.edk2.flash.FlashRequest.EraseBlocks;
import org.pagetrail.guest.edk2.flash.FlashRequest.ReadBytes;
import org.pagetrail.guest.edk2.flash.FlashRequest.WriteBytes;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.step.Compound;
import org.pagetrail.guest.step.Expansion;
import org.pagetrail.guest.step.Step;

/**
 * The two blocks that the driver works with.
 *
 * @param work offset of the working block, which holds the log and nothing else
 * @param spare offset of the spare block
 */
public record FtwBlocks(Device device, int work, int spare) {
  int blockBytes() {
    return device.region().blockBytes();
  }

  FlashRequest read(int block) {
    return new ReadBytes(device, block, blockBytes());
  }

  FlashRequest write(int block, ByteImage bytes) {
    return new WriteBytes(device, block, bytes);
  }

  FlashRequest erase(int block) {
    return new EraseBlocks(device, block, 1);
  }

  /** Sets a bit of a block's state byte: reads the byte and writes it back. */
  List<Step<FirmwareMemory>> setState(int block, int bit) {
    int at = block + WorkSpaceHeader.STATE_OFFSET;
    return List.of(new ReadBytes(device, at, 1), new WriteState(device, at, bit));
  }

  private record WriteState(Device device, int at, int bit) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      int state = WorkSpaceHeader.withBit(memory.data().at(0), bit);
      return new Expansion<>(
          List.of(new WriteBytes(device, at, ByteImage.of(new byte[] {(byte) state}))), memory);
    }
  }
}
