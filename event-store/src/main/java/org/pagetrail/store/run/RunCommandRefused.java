package org.pagetrail.store.run;

/** A trail cannot do what was asked of it. */
public final class RunCommandRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String remedy;

  /**
   * Says what cannot be done.
   *
   * @param what what cannot be done, and why
   * @param remedy what the user can do
   */
  public RunCommandRefused(String what, String remedy) {
    super(what + "; " + remedy);
    this.what = what;
    this.remedy = remedy;
  }

  /** What cannot be done, and why. */
  public String what() {
    return what;
  }

  /** What the user can do. */
  public String remedy() {
    return remedy;
  }
}
