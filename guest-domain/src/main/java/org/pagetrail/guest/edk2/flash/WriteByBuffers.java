package org.pagetrail.guest.edk2.flash;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.guest.edk2.flash.FlashRequest.ReadBytes;
import org.pagetrail.guest.edk2.flash.FlashRequest.WriteBytes;
import org.pagetrail.guest.edk2.flash.NorFlashDriver.SmallWrite;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.memory.DriverStatus;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.step.Compound;
import org.pagetrail.guest.step.Expansion;
import org.pagetrail.guest.step.Step;

/**
 * A write as the drivers from 2022 on do it: by whole buffers, or by rewriting the block.
 *
 * @param way the variant's limits
 */
record WriteByBuffers(WriteBytes write, SmallWrite.ByBuffers way)
    implements Compound<FirmwareMemory> {

  private int skipped() {
    return write.offset() % Device.BUFFER_BYTES;
  }

  private int firstBuffer() {
    return write.offset() - skipped();
  }

  /** As much of the shadow buffer as the read or the write touches. */
  private int shadowBytes(int readLength) {
    return Math.max(readLength, buffers() * Device.BUFFER_BYTES);
  }

  private int length() {
    return write.bytes().size();
  }

  /** How many buffers the write touches. */
  private int buffers() {
    return (skipped() + length() + Device.BUFFER_BYTES - 1) / Device.BUFFER_BYTES;
  }

  @Override
  public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
    if (buffers() > way.buffersMax()) {
      return new Expansion<>(List.of(new RewriteBlock(write)), memory);
    }
    int readLength =
        way.readsToTheEnd()
            ? buffers() * Device.BUFFER_BYTES
            : (length() | (Device.BUFFER_BYTES - 1)) + 1;
    List<Step<FirmwareMemory>> steps =
        new ArrayList<>(ReadBytes.loads(write.device(), firstBuffer(), readLength));
    steps.add(new Compare(this));
    return new Expansion<>(steps, memory);
  }

  /** Takes what was read into the shadow buffer and compares; what lies behind it is older. */
  private record Compare(WriteByBuffers small) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      WriteBytes write = small.write;
      byte[] read = memory.data().slice(0, memory.data().size());
      byte[] shadow = memory.shadow().with(0, read).slice(0, small.shadowBytes(read.length));
      for (int i = 0; i < small.length(); i++) {
        int bits = write.bytes().at(i);
        if ((~shadow[small.skipped() + i] & bits) != 0) {
          return new Expansion<>(List.of(new RewriteBlock(write)), memory);
        }
        shadow[small.skipped() + i] = (byte) bits;
      }
      List<Step<FirmwareMemory>> steps = new ArrayList<>();
      Device device = write.device();
      steps.add(new LockCheck(device, device.region().blockOf(write.offset())));
      for (int buffer = 0; buffer < small.buffers(); buffer++) {
        int at = buffer * Device.BUFFER_BYTES;
        BufferedProgram program =
            new BufferedProgram(
                device,
                small.firstBuffer() + at,
                ByteImage.of(shadow).part(at, Device.BUFFER_BYTES));
        steps.add(buffer == 0 ? program : new IfProgrammed(program));
      }
      steps.add(device.arrayMode(DriverRule.ARRAY_MODE));
      return new Expansion<>(steps, memory.withShadow(memory.shadow().with(0, shadow)));
    }
  }

  /** A further buffer is programmed only if the one before it was. */
  private record IfProgrammed(BufferedProgram program) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      return memory.status() == DriverStatus.SUCCESS
          ? new Expansion<>(List.of(program), memory)
          : Expansion.done(memory);
    }
  }
}
