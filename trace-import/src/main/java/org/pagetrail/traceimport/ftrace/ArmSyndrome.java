package org.pagetrail.traceimport.ftrace;

import org.pagetrail.events.AccessKind;
import org.pagetrail.events.KvmEvent.FaultType;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.PageSize;

/**
 * ESR_EL2 of a stage 2 abort: bits 31:26 exception class, 24 ISV, 23:22 SAS, 8 CM, 7 S1PTW, 6 WnR,
 * 5:0 fault status.
 *
 * @param esr the register
 */
public record ArmSyndrome(long esr) {
  private static final int INSTRUCTION_ABORT = 0x20;
  private static final int STAGE1_ENTRY_BYTES = 8;
  private static final int INSTRUCTION_BYTES = 4;
  private static final int TRANSLATION_LEVEL_MINUS_1 = 0x2b;

  /** What the guest did. Without syndrome only the direction of a data access is known. */
  public AccessKind access() {
    if (onStage1Walk()) {
      // A walk writes only to update an entry, which misses permission, never the translation.
      return fault() == FaultType.PERMISSION ? AccessKind.WALK_WRITE : AccessKind.WALK_READ;
    }
    if (exceptionClass() == INSTRUCTION_ABORT) {
      return AccessKind.EXECUTE;
    }
    if (bit(8)) {
      return AccessKind.CACHE_MAINTENANCE;
    }
    if (bit(24)) {
      return bit(6) ? AccessKind.WRITE : AccessKind.READ;
    }
    return bit(6) ? AccessKind.WRITE_PAIR : AccessKind.READ_PAIR;
  }

  /** The bytes of the access, 0 if the syndrome does not say. */
  public int width() {
    return switch (access()) {
      case EXECUTE -> INSTRUCTION_BYTES;
      case WALK_READ, WALK_WRITE -> STAGE1_ENTRY_BYTES;
      case READ, WRITE -> 1 << ((esr >>> 22) & 3);
      default -> 0;
    };
  }

  /** Why stage 2 failed. */
  public FaultType fault() {
    return switch ((int) (esr & 0x3c)) {
      case 0x04 -> FaultType.TRANSLATION;
      case 0x08 -> FaultType.ACCESS_FLAG;
      case 0x0c -> FaultType.PERMISSION;
      default -> status() == TRANSLATION_LEVEL_MINUS_1 ? FaultType.TRANSLATION : FaultType.OTHER;
    };
  }

  /** The level of the table that failed, -1 if unknown. */
  public int level() {
    return fault() == FaultType.OTHER || status() == TRANSLATION_LEVEL_MINUS_1 ? -1 : status() & 3;
  }

  /**
   * The guest address. The trace has the page; the offset in it is that of the virtual address,
   * except on a walk, where the register holds the address that was being translated.
   */
  public Gpa gpa(long ipa, long far) {
    return new Gpa(onStage1Walk() ? ipa : ipa | (far & (PageSize.BASE_BYTES - 1)));
  }

  private boolean onStage1Walk() {
    return bit(7);
  }

  private int exceptionClass() {
    return (int) (esr >>> 26) & 0x3f;
  }

  private int status() {
    return (int) (esr & 0x3f);
  }

  private boolean bit(int number) {
    return (esr >>> number & 1) != 0;
  }
}
