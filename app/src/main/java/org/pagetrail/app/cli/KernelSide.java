package org.pagetrail.app.cli;

import java.util.List;
import org.pagetrail.app.fix.FixNames;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/**
 * One of two kernels that are compared: {@code RELEASE[,FIX...]}, or fixes alone, which go into the
 * release that both sides have.
 *
 * @param name as users name it
 * @param model its rules
 */
public record KernelSide(KernelName name, KernelModel model) {
  /**
   * Reads a side.
   *
   * @param base architecture, and the release of a side that names none
   * @throws Trouble if there is no such kernel or fix
   */
  public static KernelSide of(String named, KernelName base) {
    int comma = named.indexOf(',');
    String first = comma < 0 ? named : named.substring(0, comma);
    KernelName name;
    if (Kernels.isRelease(first)) {
      KernelName plain = new KernelName(base.arch(), first, List.of());
      name = comma < 0 ? plain : plain.withFixes(FixNames.split(named.substring(comma + 1)));
    } else {
      name = base.withFixes(FixNames.split(named));
    }
    return new KernelSide(name, KernelChoice.of(name));
  }
}
