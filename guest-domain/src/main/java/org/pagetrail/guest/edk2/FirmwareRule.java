package org.pagetrail.guest.edk2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.guest.GuestRule;
import org.pagetrail.guest.edk2.flash.NorFlashDriver;
import org.pagetrail.guest.edk2.ftw.FtwRule;
import org.pagetrail.guest.edk2.variable.VariableRule;

/** What the firmware does apart from its flash driver. */
public enum FirmwareRule {
  /** Before the flash driver. */
  EARLY("early", "before its drivers the firmware runs from its flash and uses RAM"),
  /** After it. */
  SHELL("shell", "the firmware starts the shell once the variables that it sets are set"),
  /** An exception. */
  EXCEPTION("exception", "the firmware's exception handler prints the state and does not return"),
  /** KVM_RUN failed. */
  NOT_RUN("not-run", "a vCPU whose KVM_RUN failed does nothing more");

  private static final String SOURCE = "edk2 ArmVirtPkg, 2014 to edk2-stable202211; observed boots";

  private final String id;
  private final String sentence;

  FirmwareRule(String id, String sentence) {
    this.id = id;
    this.sentence = sentence;
  }

  private GuestRule rule() {
    return new GuestRule("edk2/firmware/" + id, sentence, SOURCE);
  }

  Citation cite() {
    return rule().cite();
  }

  /** Every rule of the firmware, of all variants of the flash driver. */
  public static List<GuestRule> all() {
    List<GuestRule> all = new ArrayList<>();
    Arrays.stream(values()).map(FirmwareRule::rule).forEach(all::add);
    NorFlashDriver.all().forEach(driver -> all.addAll(driver.rules()));
    all.addAll(FtwRule.all());
    all.addAll(VariableRule.all());
    return List.copyOf(all);
  }
}
