package org.pagetrail.guest.edk2.flash;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.guest.edk2.flash.FlashRequest.ReadBytes;
import org.pagetrail.guest.edk2.flash.FlashRequest.WriteBytes;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.memory.DriverStatus;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.edk2.memory.LittleEndian;
import org.pagetrail.guest.step.Compound;
import org.pagetrail.guest.step.Expansion;
import org.pagetrail.guest.step.Step;

/** A write as the driver of 2014 does it: word by word, or by rewriting the block. */
record WriteByWords(WriteBytes write) implements Compound<FirmwareMemory> {
  private static final int BYTES_MAX = 128;

  @Override
  public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
    return new Expansion<>(
        List.of(
            write.bytes().size() <= BYTES_MAX
                ? new NextWord(write, 0, false)
                : new RewriteBlock(write)),
        memory);
  }

  /**
   * Reads the word that holds the next byte to be written.
   *
   * @param done how many bytes are written
   * @param isUnlocked true once the block's lock was checked
   */
  private record NextWord(WriteBytes write, int done, boolean isUnlocked)
      implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      if (done == write.bytes().size()) {
        return Expansion.done(memory);
      }
      List<Step<FirmwareMemory>> steps =
          new ArrayList<>(ReadBytes.loads(write.device(), wordOffset(), Device.WORD_BYTES));
      steps.add(new WriteWord(this));
      return new Expansion<>(steps, memory);
    }

    private int wordOffset() {
      return write.offset() + done - skipped();
    }

    private int skipped() {
      return (write.offset() + done) % Device.WORD_BYTES;
    }

    private int count() {
      return Math.min(Device.WORD_BYTES - skipped(), write.bytes().size() - done);
    }
  }

  /** Compares the word and programs it, or gives up words for the whole block. */
  private record WriteWord(NextWord next) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      WriteBytes write = next.write;
      Device device = write.device();
      byte[] word = memory.data().slice(0, Device.WORD_BYTES);
      for (int i = 0; i < next.count(); i++) {
        int bits = write.bytes().at(next.done + i);
        if ((~word[next.skipped() + i] & bits) != 0) {
          return new Expansion<>(List.of(new RewriteBlock(write)), memory);
        }
        word[next.skipped() + i] = (byte) bits;
      }
      List<Step<FirmwareMemory>> steps = new ArrayList<>();
      if (!next.isUnlocked) {
        steps.add(new LockCheck(device, device.region().blockOf(write.offset())));
      }
      int offset = next.wordOffset();
      steps.add(
          device.command(
              offset, Device.WORD_PROGRAM_SET_UP, device.driver().cite(DriverRule.WORD_PROGRAM)));
      steps.add(
          device.word(
              offset,
              LittleEndian.get(word, 0, Device.WORD_BYTES),
              device.driver().cite(DriverRule.WORD_PROGRAM)));
      steps.add(new StatusPoll(device, StatusPoll.Operation.PROGRAM));
      steps.add(new Programmed(offset, ByteImage.of(word)));
      steps.add(new AfterWord(new NextWord(write, next.done + next.count(), true)));
      return new Expansion<>(steps, memory);
    }
  }

  /** Goes on only after a success. */
  private record AfterWord(NextWord next) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      return memory.status() == DriverStatus.SUCCESS
          ? new Expansion<>(List.of(next), memory)
          : Expansion.done(memory);
    }
  }
}
