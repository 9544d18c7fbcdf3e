package org.pagetrail.guest.edk2.variable;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.guest.edk2.flash.FlashRequest.EraseBlocks;
import org.pagetrail.guest.edk2.flash.FlashRequest.WriteBytes;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.edk2.memory.LittleEndian;
import org.pagetrail.guest.step.Access;
import org.pagetrail.guest.step.Compound;
import org.pagetrail.guest.step.Expansion;
import org.pagetrail.guest.step.Say;

/**
 * Looks for a valid volume in the flash and formats one if there is none. The loads are plain: the
 * device is in array mode after power-on.
 *
 * @param assumed what is there where a load's value is not known
 */
public record ValidateVolume(Volume volume, UnknownContent assumed)
    implements Compound<FirmwareMemory> {

  @Override
  public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
    return new Expansion<>(
        List.of(
            new Say<>("validate the volume header", VariableRule.VALIDATE.cite()),
            new FieldLoad(this, fields(), 0, 0)),
        memory);
  }

  /**
   * A field of a header.
   *
   * @param expected its value; null for a word of the checksum
   */
  private record Field(int offset, int width, @Nullable Long expected) {}

  private List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field(Volume.REVISION_OFFSET, 1, (long) Volume.REVISION));
    fields.add(new Field(Volume.SIGNATURE_OFFSET, 4, Volume.SIGNATURE));
    fields.add(new Field(Volume.LENGTH_OFFSET, 8, (long) volume.bytes()));
    addGuid(fields, Volume.FILE_SYSTEM_OFFSET, Volume.FILE_SYSTEM);
    for (int offset = 0; offset < Volume.HEADER_BYTES; offset += 2) {
      fields.add(new Field(offset, 2, null));
    }
    addGuid(fields, Volume.HEADER_BYTES, volume.format().signature());
    fields.add(new Field(Volume.STORE_SIZE_OFFSET, 4, (long) volume.storeBytes()));
    return fields;
  }

  private static void addGuid(List<Field> fields, int offset, Guid guid) {
    fields.add(new Field(offset, 8, LittleEndian.get(guid.bytes(), 0, 8)));
    fields.add(new Field(offset + 8, 8, LittleEndian.get(guid.bytes(), 8, 8)));
  }

  /**
   * Loads one field.
   *
   * @param index which
   * @param sum of the checksum's words so far
   */
  private record FieldLoad(ValidateVolume volume, List<Field> fields, int index, long sum)
      implements Access<FirmwareMemory> {
    private Field field() {
      return fields.get(index);
    }

    @Override
    public AccessKind access() {
      return AccessKind.READ;
    }

    @Override
    public Gpa gpa() {
      return volume.volume.device().region().at(field().offset());
    }

    @Override
    public int width() {
      return field().width();
    }

    @Override
    public @Nullable Long value() {
      return null;
    }

    @Override
    public Citation rule() {
      return VariableRule.VALIDATE.cite();
    }

    @Override
    public Expansion<FirmwareMemory> answered(
        FirmwareMemory memory, GuestAccessCompleted completion) {
      Long seen = completion.value();
      Long expected = field().expected();
      boolean isSummed = expected == null;
      long newSum = isSummed && seen != null ? sum + seen : sum;
      if (seen == null) {
        return volume.assumed == UnknownContent.EMPTY ? format(memory) : next(memory, newSum);
      }
      boolean isRight = isSummed ? !isLastOfSum() || (newSum & 0xffff) == 0 : seen.equals(expected);
      return isRight ? next(memory, newSum) : format(memory);
    }

    private boolean isLastOfSum() {
      return fields.get(index + 1).expected() != null;
    }

    private Expansion<FirmwareMemory> next(FirmwareMemory memory, long newSum) {
      return index + 1 == fields.size()
          ? Expansion.done(memory)
          : new Expansion<>(List.of(new FieldLoad(volume, fields, index + 1, newSum)), memory);
    }

    private Expansion<FirmwareMemory> format(FirmwareMemory memory) {
      Volume form = volume.volume;
      return new Expansion<>(
          List.of(
              new Say<>("format the volume", VariableRule.FORMAT.cite()),
              new EraseBlocks(form.device(), 0, form.bytes() / form.device().region().blockBytes()),
              new WriteBytes(form.device(), 0, ByteImage.of(form.headers()))),
          memory);
    }
  }
}
