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

/** A write as the driver of 2022 does it: by whole buffers, or by rewriting the block. */
record WriteByBuffers(WriteBytes write) implements Compound<FirmwareMemory> {
  private static final int BUFFERS_MAX = 2;

  private int skipped() {
    return write.offset() % Device.BUFFER_BYTES;
  }

  private int firstBuffer() {
    return write.offset() - skipped();
  }

  private int length() {
    return write.bytes().size();
  }

  @Override
  public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
    if (skipped() + length() > BUFFERS_MAX * Device.BUFFER_BYTES) {
      return new Expansion<>(List.of(new RewriteBlock(write)), memory);
    }
    int readLength = (length() | (Device.BUFFER_BYTES - 1)) + 1;
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
      byte[] shadow = memory.shadow().with(0, read).slice(0, BUFFERS_MAX * Device.BUFFER_BYTES);
      for (int i = 0; i < small.length(); i++) {
        int bits = write.bytes().at(i);
        if ((~shadow[small.skipped() + i] & bits) != 0) {
          return new Expansion<>(List.of(new RewriteBlock(write)), memory);
        }
        shadow[small.skipped() + i] = (byte) bits;
      }
      boolean needsSecond = small.skipped() + small.length() > Device.BUFFER_BYTES;
      List<Step<FirmwareMemory>> steps = new ArrayList<>();
      Device device = write.device();
      steps.add(new LockCheck(device, device.region().blockOf(write.offset())));
      steps.add(program(device, small.firstBuffer(), shadow, 0));
      if (needsSecond) {
        steps.add(
            new IfProgrammed(
                program(
                    device,
                    small.firstBuffer() + Device.BUFFER_BYTES,
                    shadow,
                    Device.BUFFER_BYTES)));
      }
      steps.add(device.arrayMode(DriverRule.ARRAY_MODE));
      return new Expansion<>(steps, memory.withShadow(memory.shadow().with(0, shadow)));
    }

    private static BufferedProgram program(Device device, int offset, byte[] bytes, int from) {
      return new BufferedProgram(
          device, offset, ByteImage.of(bytes).part(from, Device.BUFFER_BYTES));
    }
  }

  /** The second buffer is programmed only if the first one was. */
  private record IfProgrammed(BufferedProgram program) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      return memory.status() == DriverStatus.SUCCESS
          ? new Expansion<>(List.of(program), memory)
          : Expansion.done(memory);
    }
  }
}
