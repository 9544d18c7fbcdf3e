package org.pagetrail.guest.follow;

import java.util.Arrays;
import java.util.List;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Input;
import org.pagetrail.guest.GuestRule;

/** What a flash driver looks at in an answer. */
public enum FollowRule {
  /** The same answer. */
  SAME("same-answer", "a guest does the same on the same answer", "by construction"),
  /** The status. */
  STATUS(
      "status",
      "of a status the driver looks at the ready bits, and once both chips are ready at the errors"
          + " of the operation",
      "edk2 NorFlashDxe, VirtNorFlashDxe: NorFlashEraseSingleBlock, NorFlashWriteBuffer"),
  /** The buffer. */
  BUFFER(
      "buffer-available",
      "of the answer to a buffer request the driver looks at the ready bits",
      "edk2 NorFlashDxe, VirtNorFlashDxe: NorFlashWriteBuffer"),
  /** The lock. */
  LOCK(
      "lock-state",
      "of a block's lock state the driver looks at bit 0 of both chips",
      "edk2 NorFlashDxe, VirtNorFlashDxe: NorFlashBlockIsLocked"),
  /** The header. */
  HEADER(
      "volume-header",
      "before its first command the driver looks whether a header field has the only valid value",
      "edk2 NorFlashDxe, VirtNorFlashDxe: ValidateFvHeader"),
  /** The probe. */
  PROBE(
      "probe",
      "after 50 the driver looks for 50, after 70 for 00, which is flash, or 70, which is RAM",
      "edk2 OvmfPkg/QemuFlashFvbServicesRuntimeDxe: QemuFlashDetected"),
  /** Data. */
  DATA("data", "what the guest does with data is not followed", "by construction"),
  /** An unknown value. */
  UNKNOWN("unknown-value", "nothing follows from a value that is not known", "by construction");

  private final String id;
  private final String sentence;
  private final String source;

  FollowRule(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** The rules. */
  public static List<GuestRule> all() {
    return Arrays.stream(values()).map(FollowRule::rule).toList();
  }

  private GuestRule rule() {
    return new GuestRule("guest/follow/" + id, sentence, source);
  }

  Citation cite(Input... inputs) {
    return rule().cite(inputs);
  }
}
