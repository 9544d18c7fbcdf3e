package org.pagetrail.kvm;

/**
 * What decides beside the kernel: the host's processor, and how the monitor set the virtual machine
 * up.
 *
 * @param dic the processor needs no instruction cache maintenance (CTR_EL0.DIC)
 * @param fwb stage 2 can force write-back (FEAT_S2FWB)
 * @param ipaBits width of guest-physical addresses
 * @param hvaBits width of the monitor's addresses
 * @param nisvExits the monitor asked for KVM_EXIT_ARM_NISV
 */
public record Machine(boolean dic, boolean fwb, int ipaBits, int hvaBits, boolean nisvExits) {

  /** A processor without DIC and FWB, 40 bits of guest addresses, 48 bits of host addresses. */
  public static final Machine DEFAULT = new Machine(false, false, 40, 48, false);

  /** Rejects widths that no processor has. */
  public Machine {
    if (ipaBits < 32 || ipaBits > 52 || hvaBits < 32 || hvaBits > 56) {
      throw new IllegalArgumentException(
          "guest addresses of " + ipaBits + " bits, host addresses of " + hvaBits + " bits");
    }
  }

  /** The same with or without DIC. */
  public Machine withDic(boolean on) {
    return new Machine(on, fwb, ipaBits, hvaBits, nisvExits);
  }

  /** The same with or without FWB. */
  public Machine withFwb(boolean on) {
    return new Machine(dic, on, ipaBits, hvaBits, nisvExits);
  }
}
