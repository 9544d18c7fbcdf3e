package org.pagetrail.store.packed;

/** The bytes of a block do not say what a block says; the message is why. */
public class DamagedBlock extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was found. */
  public DamagedBlock(String why) {
    super(why);
  }
}
