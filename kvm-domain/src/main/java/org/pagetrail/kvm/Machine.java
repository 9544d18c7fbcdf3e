package org.pagetrail.kvm;

import org.pagetrail.kvm.model.Arch;

/**
 * What decides beside the kernel: the host's processor, and how the monitor set the virtual machine
 * up.
 *
 * @param dic arm: the processor needs no instruction cache maintenance (CTR_EL0.DIC)
 * @param fwb arm: stage 2 can force write-back (FEAT_S2FWB)
 * @param nisvExits arm: the monitor asked for KVM_EXIT_ARM_NISV
 * @param paging x86: who walks the guest's tables; powerpc: of which kind they are
 * @param atomicsFaultAsLoads an atomic operation that may not even read faults as a load: so says
 *     the architecture for arm64 (WnR), not for x86; QEMU's emulator differs from both
 * @param ipaBits width of guest-physical addresses
 * @param hvaBits width of the monitor's addresses
 * @param limits what the host says about memslots
 * @param slotZapAll x86: the monitor left the quirk SLOT_ZAP_ALL on
 */
public record Machine(
    boolean dic,
    boolean fwb,
    boolean nisvExits,
    Paging paging,
    boolean atomicsFaultAsLoads,
    int ipaBits,
    int hvaBits,
    MemslotLimits limits,
    boolean slotZapAll) {

  /** Who walks the guest's tables on x86, and of which kind they are on powerpc. */
  public enum Paging {
    /** The processor, AMD's nested paging: entries carry no memory type. */
    NPT,
    /** The processor, Intel's extended page tables. */
    EPT,
    /** KVM: the processor walks shadow tables. */
    SHADOW,
    /** powerpc: a tree, walked by the processor. */
    RADIX,
    /** powerpc: a hashed table. */
    HASH
  }

  /** An arm64 processor without DIC and FWB; 40 bits of guest addresses. */
  public static final Machine DEFAULT =
      new Machine(false, false, false, Paging.NPT, true, 40, 48, MemslotLimits.UNASKED, true);

  /** An AMD processor with nested paging. */
  public static final Machine X86 =
      new Machine(false, false, false, Paging.NPT, false, 48, 47, MemslotLimits.UNASKED, true);

  private static final Machine PORT = X86.with(Paging.NPT);

  /** A host of an architecture as most are; on powerpc with radix tables. */
  public static Machine of(Arch arch) {
    return switch (arch) {
      case ARM64, ARM -> DEFAULT;
      case X86 -> X86;
      case RISCV -> PORT.withAddressBits(50, 47);
      case LOONGARCH -> PORT.withAddressBits(47, 47);
      case MIPS -> PORT.withAddressBits(48, 48);
      case POWERPC -> PORT.with(Paging.RADIX).withAddressBits(52, 52);
      case S390 -> PORT.withAddressBits(52, 53);
    };
  }

  /** Rejects widths that no processor has. */
  public Machine {
    if (ipaBits < 32 || ipaBits > 52 || hvaBits < 32 || hvaBits > 56) {
      throw new IllegalArgumentException(
          "guest addresses of " + ipaBits + " bits, host addresses of " + hvaBits + " bits");
    }
  }

  /** The same with or without DIC. */
  public Machine withDic(boolean on) {
    return new Machine(
        on, fwb, nisvExits, paging, atomicsFaultAsLoads, ipaBits, hvaBits, limits, slotZapAll);
  }

  /** The same with or without FWB. */
  public Machine withFwb(boolean on) {
    return new Machine(
        dic, on, nisvExits, paging, atomicsFaultAsLoads, ipaBits, hvaBits, limits, slotZapAll);
  }

  /** The same with another paging. */
  public Machine with(Paging newPaging) {
    return new Machine(
        dic, fwb, nisvExits, newPaging, atomicsFaultAsLoads, ipaBits, hvaBits, limits, slotZapAll);
  }

  /** The same with or without atomic operations that fault as loads. */
  public Machine withAtomicsFaultingAsLoads(boolean on) {
    return new Machine(dic, fwb, nisvExits, paging, on, ipaBits, hvaBits, limits, slotZapAll);
  }

  /** The same with addresses of other widths. */
  public Machine withAddressBits(int newIpaBits, int newHvaBits) {
    return new Machine(
        dic,
        fwb,
        nisvExits,
        paging,
        atomicsFaultAsLoads,
        newIpaBits,
        newHvaBits,
        limits,
        slotZapAll);
  }

  /** The same with what a host says about memslots. */
  public Machine with(MemslotLimits newLimits) {
    return new Machine(
        dic, fwb, nisvExits, paging, atomicsFaultAsLoads, ipaBits, hvaBits, newLimits, slotZapAll);
  }

  /** The same with the quirk SLOT_ZAP_ALL on or off. */
  public Machine withSlotZapAll(boolean on) {
    return new Machine(
        dic, fwb, nisvExits, paging, atomicsFaultAsLoads, ipaBits, hvaBits, limits, on);
  }
}
