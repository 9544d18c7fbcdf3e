package org.pagetrail.guest.edk2.memory;

/**
 * What the firmware remembers.
 *
 * @param flash what it knows of the variable flash
 * @param shadow the driver's buffer of one block; keeps what earlier operations left in it
 * @param data what the latest read of the flash returned
 * @param isDataKnown false if part of {@code data} is not known
 * @param status how the driver's latest operation ended
 * @param workSpace the fault-tolerant-write driver's copy of its working block
 * @param spareBackup what that driver keeps of the spare block while it uses it
 * @param variables the variable driver's copy of the store
 */
public record FirmwareMemory(
    FlashKnowledge flash,
    ByteImage shadow,
    ByteImage data,
    boolean isDataKnown,
    DriverStatus status,
    ByteImage workSpace,
    ByteImage spareBackup,
    ByteImage variables) {

  /**
   * Power-on.
   *
   * @param areaBytes size of the areas that the firmware uses; a read may go a little beyond
   * @param blockBytes size of one of them
   */
  public static FirmwareMemory atReset(int areaBytes, int blockBytes) {
    ByteImage block = ByteImage.erased(blockBytes);
    return new FirmwareMemory(
        FlashKnowledge.nothing(areaBytes + FlashKnowledge.PAGE_BYTES),
        block,
        ByteImage.erased(0),
        true,
        DriverStatus.SUCCESS,
        block,
        block,
        block);
  }

  /** With other knowledge of the flash. */
  public FirmwareMemory withFlash(FlashKnowledge changed) {
    return new FirmwareMemory(
        changed, shadow, data, isDataKnown, status, workSpace, spareBackup, variables);
  }

  /** With another shadow buffer. */
  public FirmwareMemory withShadow(ByteImage changed) {
    return new FirmwareMemory(
        flash, changed, data, isDataKnown, status, workSpace, spareBackup, variables);
  }

  /** With other data read. */
  public FirmwareMemory withData(ByteImage changed, boolean isKnown) {
    return new FirmwareMemory(
        flash, shadow, changed, isKnown, status, workSpace, spareBackup, variables);
  }

  /** With another status. */
  public FirmwareMemory withStatus(DriverStatus changed) {
    return new FirmwareMemory(
        flash, shadow, data, isDataKnown, changed, workSpace, spareBackup, variables);
  }

  /** With another copy of the working block. */
  public FirmwareMemory withWorkSpace(ByteImage changed) {
    return new FirmwareMemory(
        flash, shadow, data, isDataKnown, status, changed, spareBackup, variables);
  }

  /** With another copy of the spare block. */
  public FirmwareMemory withSpareBackup(ByteImage changed) {
    return new FirmwareMemory(
        flash, shadow, data, isDataKnown, status, workSpace, changed, variables);
  }

  /** With another copy of the variable store. */
  public FirmwareMemory withVariables(ByteImage changed) {
    return new FirmwareMemory(
        flash, shadow, data, isDataKnown, status, workSpace, spareBackup, changed);
  }
}
