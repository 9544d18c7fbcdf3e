package org.pagetrail.guest.edk2.ftw;

import java.util.Arrays;
import java.util.List;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.guest.GuestRule;

/** What the fault-tolerant-write driver does at start; the same in every release modelled. */
public enum FtwRule {
  /** The log is there. */
  REFRESH("refresh", "the working block is read; a valid header with nothing after it is in order"),
  /** The log is not there, but a copy of it is. */
  RESTORE(
      "restore", "an invalid working block is replaced by a valid one found in the spare block"),
  /** Neither is there. */
  INITIALIZE(
      "initialize",
      "if neither block has a valid header, a new working block is built in the spare block and"
          + " copied from there; the spare block's content is put back"),
  /** A log with writes in it. */
  PENDING("pending", "writes in the log are completed or aborted");

  private static final String SOURCE =
      "edk2 MdeModulePkg/Universal/FaultTolerantWriteDxe, 2014 to edk2-stable202211";

  private final String id;
  private final String sentence;

  FtwRule(String id, String sentence) {
    this.id = id;
    this.sentence = sentence;
  }

  private GuestRule rule() {
    return new GuestRule("edk2/fault-tolerant-write/" + id, sentence, SOURCE);
  }

  /** The rules. */
  public static List<GuestRule> all() {
    return Arrays.stream(values()).map(FtwRule::rule).toList();
  }

  Citation cite() {
    return rule().cite();
  }
}
