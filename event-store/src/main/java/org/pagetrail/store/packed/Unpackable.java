package org.pagetrail.store.packed;

/** A file's schema has no place for what an entry says; the message is what. */
public final class Unpackable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what has no place. */
  public Unpackable(String what) {
    super(what);
  }
}
