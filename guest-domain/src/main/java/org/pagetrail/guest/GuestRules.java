package org.pagetrail.guest;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.guest.edk2.FirmwareRule;
import org.pagetrail.guest.follow.FollowRule;
import org.pagetrail.guest.script.ScriptedProgram;
import org.pagetrail.guest.step.HangRules;

/** The rules of the guest, for the rule book. */
public final class GuestRules {
  private GuestRules() {}

  /** All of them, in the order of the book. */
  public static List<GuestRule> all() {
    List<GuestRule> all = new ArrayList<>(HangRules.all());
    all.add(ScriptedProgram.SCRIPTED);
    all.addAll(FirmwareRule.all());
    all.addAll(FollowRule.all());
    return List.copyOf(all);
  }
}
