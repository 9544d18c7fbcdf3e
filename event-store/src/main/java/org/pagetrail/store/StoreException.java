package org.pagetrail.store;

import org.jspecify.annotations.Nullable;

/** A store that cannot do what was asked: what, where, why and what to do about it. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What a damaged store is said to be. */
  public static final String DAMAGED = "damaged";

  private final String where;
  private final String what;
  private final String why;
  private final String remedy;

  /**
   * Makes one.
   *
   * @param where the file with segment and offset, or the server and trail
   * @param what what was not done
   * @param why the reason
   * @param remedy what the user can do
   */
  public StoreException(
      String where, String what, String why, String remedy, @Nullable Throwable cause) {
    super(where + ": " + what + ": " + why + "; " + remedy, cause);
    this.where = where;
    this.what = what;
    this.why = why;
    this.remedy = remedy;
  }

  /** The file with segment and offset, or the server and trail. */
  public String where() {
    return where;
  }

  /** True if the store is there and does not hold what was written to it. */
  public boolean isDamage() {
    return what.equals(DAMAGED);
  }

  /** What was not done. */
  public String what() {
    return what;
  }

  /** The reason. */
  public String why() {
    return why;
  }

  /** What the user can do. */
  public String remedy() {
    return remedy;
  }
}
