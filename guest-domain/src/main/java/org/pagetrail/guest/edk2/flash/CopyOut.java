package org.pagetrail.guest.edk2.flash;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.edk2.memory.FlashKnowledge;
import org.pagetrail.guest.edk2.memory.LittleEndian;
import org.pagetrail.guest.step.Access;
import org.pagetrail.guest.step.Compound;
import org.pagetrail.guest.step.Expansion;

/**
 * Loads a range of the flash in array mode into the firmware's data.
 *
 * @param from offset of the first byte
 * @param length how many bytes
 * @param kind what the loads are: on arm64 a load with write-back has no syndrome
 * @param isUpwards false for a copy that begins at the end
 * @param rule why
 */
public record CopyOut(
    FlashRegion region, int from, int length, AccessKind kind, boolean isUpwards, Citation rule)
    implements Compound<FirmwareMemory> {

  private static final int LOAD_BYTES = 8;

  @Override
  public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
    return new Expansion<>(
        List.of(new Loads(this, from, from + length)),
        memory.withData(ByteImage.erased(length), true));
  }

  /** The loads still to be done, from {@code low} up to, not including, {@code high}. */
  private record Loads(CopyOut copy, int low, int high) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      if (low == high) {
        return Expansion.done(memory);
      }
      int width = copy.isUpwards ? widthAt(low) : Math.min(LOAD_BYTES, high - low);
      int at = copy.isUpwards ? low : high - width;
      return new Expansion<>(List.of(new Load(this, at, width)), memory);
    }

    /** A copy by eights leaves a word and single bytes over. */
    private int widthAt(int at) {
      int left = high - at;
      return left >= LOAD_BYTES ? LOAD_BYTES : left >= Device.WORD_BYTES ? Device.WORD_BYTES : 1;
    }

    /** The part of what is left that lies in the same page as {@code at}. */
    private Loads partInPageOf(int at) {
      int page = at - at % FlashKnowledge.PAGE_BYTES;
      return new Loads(copy, Math.max(low, page), Math.min(high, page + FlashKnowledge.PAGE_BYTES));
    }

    private Loads without(Loads part) {
      return copy.isUpwards ? new Loads(copy, part.high, high) : new Loads(copy, low, part.low);
    }
  }

  /** One load. */
  private record Load(Loads left, int at, int width) implements Access<FirmwareMemory> {
    @Override
    public AccessKind access() {
      return left.copy.kind;
    }

    @Override
    public Gpa gpa() {
      return left.copy.region.at(at);
    }

    @Override
    public @Nullable Long value() {
      return null;
    }

    @Override
    public Citation rule() {
      return left.copy.rule;
    }

    @Override
    public Expansion<FirmwareMemory> answered(
        FirmwareMemory memory, GuestAccessCompleted completion) {
      Long value = completion.value();
      FlashKnowledge flash = memory.flash();
      Loads page = left.partInPageOf(at);
      if (flash.isKnown(at)) {
        byte[] known = flash.slice(page.low, page.high - page.low);
        boolean agrees = value == null || value == LittleEndian.get(known, at - page.low, width);
        return agrees
            ? next(memory, page, known)
            : new Expansion<>(List.of(left), memory.withFlash(flash.without(at)));
      }
      if (value == null) {
        return new Expansion<>(List.of(left.without(page)), memory.withData(memory.data(), false));
      }
      return next(memory, new Loads(left.copy, at, at + width), LittleEndian.bytes(value, width));
    }

    private Expansion<FirmwareMemory> next(FirmwareMemory memory, Loads done, byte[] bytes) {
      CopyOut copy = left.copy;
      ByteImage data = memory.data().with(done.low - copy.from, bytes);
      FirmwareMemory copied = memory.withData(data, memory.isDataKnown());
      Loads whole = new Loads(copy, copy.from, copy.from + copy.length).partInPageOf(at);
      boolean isPageDone = copy.isUpwards ? done.high == whole.high : done.low == whole.low;
      if (isPageDone && copied.isDataKnown()) {
        byte[] page = data.slice(whole.low - copy.from, whole.high - whole.low);
        copied = copied.withFlash(copied.flash().with(whole.low, page));
      }
      return new Expansion<>(List.of(left.without(done)), copied);
    }
  }
}
