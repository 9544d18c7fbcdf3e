package org.pagetrail.events.memory;

/** What a mapping lets its user do. */
public record Perms(boolean read, boolean write, boolean execute) {
  /** Nothing. */
  public static final Perms NONE = new Perms(false, false, false);

  /** Read. */
  public static final Perms R = new Perms(true, false, false);

  /** Read and write. */
  public static final Perms RW = new Perms(true, true, false);

  /** Read and execute. */
  public static final Perms RX = new Perms(true, false, true);

  /** Everything. */
  public static final Perms RWX = new Perms(true, true, true);

  /** Reads {@code rwx} letters, {@code -} for a permission that is absent. */
  public static Perms parse(String letters) {
    return new Perms(
        letters.indexOf('r') >= 0, letters.indexOf('w') >= 0, letters.indexOf('x') >= 0);
  }

  /** Both sets together. */
  public Perms plus(Perms other) {
    return new Perms(read || other.read, write || other.write, execute || other.execute);
  }

  /** The same without write. */
  public Perms withoutWrite() {
    return new Perms(read, false, execute);
  }

  /** {@code rwx} with {@code -} for what is absent. */
  @Override
  public String toString() {
    return (read ? "r" : "-") + (write ? "w" : "-") + (execute ? "x" : "-");
  }
}
