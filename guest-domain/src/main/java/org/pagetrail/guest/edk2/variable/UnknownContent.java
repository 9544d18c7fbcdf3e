package org.pagetrail.guest.edk2.variable;

/** What the firmware is assumed to find where nobody knows what the flash holds. */
public enum UnknownContent {
  /** No valid store, as in a flash without a file. */
  EMPTY,
  /** A valid store, as in a file that an earlier boot has left. */
  FORMATTED
}
