package org.pagetrail.store.packed;

/** A whole record that this release has no event for; the message is why. */
public final class UnknownRecord extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what the record is. */
  public UnknownRecord(String why) {
    super(why);
  }
}
