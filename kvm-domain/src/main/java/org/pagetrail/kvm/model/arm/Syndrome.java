package org.pagetrail.kvm.model.arm;

import org.pagetrail.events.AccessKind;
import org.pagetrail.events.KvmEvent.FaultType;

/**
 * What ESR_EL2 says of a stage 2 abort.
 *
 * @param instruction taken by an instruction fetch
 * @param valid ISV: the register and size of the access are known
 * @param write WnR
 * @param maintenance CM: taken by cache maintenance
 * @param walk S1PTW: taken by a walk of the guest's own tables
 * @param fault the kind of fault
 * @param level the level of the table that missed, -1 if unknown
 */
public record Syndrome(
    boolean instruction,
    boolean valid,
    boolean write,
    boolean maintenance,
    boolean walk,
    FaultType fault,
    int level) {

  private static final int EC_SHIFT = 26;
  private static final int EC_INSTRUCTION = 0x20;
  private static final int EC_DATA = 0x24;
  private static final int IL = 25;
  private static final int ISV = 24;
  private static final int SAS_SHIFT = 22;
  private static final int CM = 8;
  private static final int S1PTW = 7;
  private static final int WNR = 6;
  private static final int TYPE_MASK = 0x3c;
  private static final int TRANSLATION = 0x04;
  private static final int ACCESS_FLAG = 0x08;
  private static final int PERMISSION = 0x0c;

  /** Takes a recorded syndrome apart. */
  public static Syndrome decode(long esr) {
    boolean instruction = (esr >>> EC_SHIFT & 0x3f) == EC_INSTRUCTION;
    int type = (int) esr & TYPE_MASK;
    FaultType fault =
        switch (type) {
          case TRANSLATION -> FaultType.TRANSLATION;
          case ACCESS_FLAG -> FaultType.ACCESS_FLAG;
          case PERMISSION -> FaultType.PERMISSION;
          default -> FaultType.OTHER;
        };
    return new Syndrome(
        instruction,
        !instruction && bit(esr, ISV),
        !instruction && bit(esr, WNR),
        !instruction && bit(esr, CM),
        bit(esr, S1PTW),
        fault,
        fault == FaultType.OTHER ? -1 : (int) esr & 3);
  }

  /** The width of the access in bytes that a recorded syndrome tells, or {@code unknown}. */
  public static int widthOf(long esr, int unknown) {
    return bit(esr, ISV) ? 1 << (esr >>> SAS_SHIFT & 3) : unknown;
  }

  /** The syndrome that an access of this kind produces. */
  public static Syndrome of(AccessKind access, FaultType fault, int level) {
    boolean fetch = access == AccessKind.EXECUTE;
    boolean walk = access == AccessKind.WALK_READ || access == AccessKind.WALK_WRITE;
    boolean maintenance = access == AccessKind.CACHE_MAINTENANCE;
    return new Syndrome(
        fetch,
        !fetch && access.hasSyndrome(),
        access.writes() || maintenance,
        maintenance,
        walk,
        fault,
        level);
  }

  /** The register's value, as far as it follows from this; {@code width} is that of the access. */
  public long encode(int width) {
    long esr = (long) (instruction ? EC_INSTRUCTION : EC_DATA) << EC_SHIFT | 1L << IL;
    if (valid) {
      esr |= 1L << ISV | (long) Integer.numberOfTrailingZeros(width) << SAS_SHIFT;
    }
    esr |= flag(maintenance, CM) | flag(walk, S1PTW) | flag(write, WNR);
    int type =
        switch (fault) {
          case TRANSLATION -> TRANSLATION;
          case ACCESS_FLAG -> ACCESS_FLAG;
          case PERMISSION -> PERMISSION;
          case OTHER -> 0x10;
        };
    return esr | type | Math.max(level, 0);
  }

  private static boolean bit(long esr, int bit) {
    return (esr >>> bit & 1) != 0;
  }

  private static long flag(boolean set, int bit) {
    return set ? 1L << bit : 0;
  }
}
