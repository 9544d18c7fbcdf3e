package org.pagetrail.guest.edk2.flash;

import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.memory.DriverStatus;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.step.Compound;
import org.pagetrail.guest.step.Expansion;

/** After a program: if it succeeded, the bytes are known to be in the flash. */
record Programmed(int offset, ByteImage bytes) implements Compound<FirmwareMemory> {
  @Override
  public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
    return Expansion.done(
        memory.status() == DriverStatus.SUCCESS
            ? memory.withFlash(memory.flash().with(offset, bytes.slice(0, bytes.size())))
            : memory);
  }
}
