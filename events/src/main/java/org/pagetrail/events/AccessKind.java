package org.pagetrail.events;

/** What a guest instruction does to memory, as far as translation and emulation tell it apart. */
public enum AccessKind {
  /** A single-register load. */
  READ(false, true),
  /** A single-register store. */
  WRITE(true, true),
  /** An instruction fetch. */
  EXECUTE(false, false),
  /** The load half of a load-exclusive and store-exclusive pair; decodes like a plain load. */
  READ_EXCLUSIVE(false, false),
  /** The store half of that pair. */
  WRITE_EXCLUSIVE(true, false),
  /** An atomic read-modify-write such as {@code ldadd} or {@code lock xadd}. */
  ATOMIC(true, false),
  /** A load of a register pair, or with write-back, or of a vector register. */
  READ_PAIR(false, false),
  /** A store of a register pair, or with write-back, or of a vector register. */
  WRITE_PAIR(true, false),
  /** {@code DC ZVA}: zeroes a block. */
  ZERO_BLOCK(true, false),
  /** Cache maintenance by address. */
  CACHE_MAINTENANCE(false, false),
  /** A walk of the guest's own stage 1 tables that reads an entry. */
  WALK_READ(false, false),
  /** A walk that updates an entry (access flag or dirty state). */
  WALK_WRITE(true, false),
  /** A string instruction that reads I/O into memory (x86 {@code ins}). */
  STRING_IN(true, true),
  /** A string instruction that writes memory to I/O (x86 {@code outs}). */
  STRING_OUT(false, true),
  /** A string store (x86 {@code rep stos}). */
  STRING_STORE(true, true);

  private final boolean writes;
  private final boolean hasSyndrome;

  AccessKind(boolean writes, boolean hasSyndrome) {
    this.writes = writes;
    this.hasSyndrome = hasSyndrome;
  }

  /** True if the access may change memory. */
  public boolean writes() {
    return writes;
  }

  /** True if an instruction of the guest writes, and not the walk of its tables. */
  public boolean stores() {
    return writes && this != WALK_WRITE;
  }

  /**
   * True if a fault on arm carries a valid instruction syndrome (ISV), so that KVM can emulate the
   * access; on x86 the emulator decodes the instruction itself.
   */
  public boolean hasSyndrome() {
    return hasSyndrome;
  }
}
