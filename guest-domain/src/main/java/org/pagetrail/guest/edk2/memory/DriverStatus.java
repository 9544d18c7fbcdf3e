package org.pagetrail.guest.edk2.memory;

/** How the flash driver's latest operation ended. */
public enum DriverStatus {
  /** As asked. */
  SUCCESS,
  /** The status register named an error. */
  DEVICE_ERROR,
  /** The status register said that the block is locked. */
  WRITE_PROTECTED
}
