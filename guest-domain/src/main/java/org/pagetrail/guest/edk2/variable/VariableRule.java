package org.pagetrail.guest.edk2.variable;

import java.util.Arrays;
import java.util.List;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.guest.GuestRule;

/** What the firmware does with its variable store; the same in every release modelled. */
public enum VariableRule {
  /** Is there a store? */
  VALIDATE(
      "validate-volume",
      "the driver loads the volume's header in place, field by field, and stops at the first that"
          + " is wrong",
      "edk2 NorFlashDxe, VirtNorFlashDxe: ValidateFvHeader, 2014 to edk2-stable202211"),
  /** There is none. */
  FORMAT(
      "format-volume",
      "without a valid header all blocks of the volume are erased and the headers written at once",
      "edk2 NorFlashDxe, VirtNorFlashDxe: NorFlashFvbInitialize, 2014 to edk2-stable202211"),
  /** A volume appears. */
  VOLUME_APPEARS(
      "volume-appears",
      "the DXE core reads the header of each volume that appears, and leaves one that holds no"
          + " files",
      "edk2-stable202211 MdeModulePkg/Core/Dxe/FwVol: GetFwVolHeader"),
  /** Variables are served from memory. */
  LOAD(
      "load-store",
      "the variable driver copies the whole store to memory in place, from its end downwards, and"
          + " reads variables from the copy",
      "edk2-stable202211 MdeModulePkg/Universal/Variable: InitRealNonVolatileVariableStore;"
          + " direction observed"),
  /** A variable is set. */
  SET(
      "set-variable",
      "a variable is stored as header, header-valid bit, name and data, added bit; a former value"
          + " is marked before and deleted after; a value that is there already is not stored",
      "edk2-stable202211 MdeModulePkg/Universal/Variable: UpdateVariable"),
  /** No space. */
  RECLAIM(
      "reclaim",
      "a store that has no space left is rewritten without deleted variables",
      "edk2-stable202211 MdeModulePkg/Universal/Variable: Reclaim");

  private final String id;
  private final String sentence;
  private final String source;

  VariableRule(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  private GuestRule rule() {
    return new GuestRule("edk2/variable/" + id, sentence, source);
  }

  /** The rules. */
  public static List<GuestRule> all() {
    return Arrays.stream(values()).map(VariableRule::rule).toList();
  }

  Citation cite() {
    return rule().cite();
  }
}
