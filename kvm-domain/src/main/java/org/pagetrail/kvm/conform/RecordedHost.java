package org.pagetrail.kvm.conform;

import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.Machine;
import org.pagetrail.kvm.Machine.Paging;
import org.pagetrail.kvm.host.HostSettings;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;

/**
 * The host that a table was recorded on, as far as the kernel does not say it.
 *
 * @param arch the architecture
 * @param thp the mode of transparent huge pages
 * @param dic arm: the processor has DIC
 * @param fwb arm: the processor has FWB
 * @param paging x86: who walks the guest's tables; powerpc: of which kind they are
 */
public record RecordedHost(Arch arch, ThpMode thp, boolean dic, boolean fwb, Paging paging) {

  /** A host of that architecture as most tables have it. */
  public static RecordedHost of(Arch arch, ThpMode thp) {
    return new RecordedHost(arch, thp, false, false, Paging.NPT);
  }

  /** The same with another mode of transparent huge pages. */
  public RecordedHost with(ThpMode mode) {
    return new RecordedHost(arch, mode, dic, fwb, paging);
  }

  /** The same with or without DIC. */
  public RecordedHost withDic(boolean on) {
    return new RecordedHost(arch, thp, on, fwb, paging);
  }

  /** The same with or without FWB. */
  public RecordedHost withFwb(boolean on) {
    return new RecordedHost(arch, thp, dic, on, paging);
  }

  /** The same with another paging. */
  public RecordedHost with(Paging newPaging) {
    return new RecordedHost(arch, thp, dic, fwb, newPaging);
  }

  /** A state without mappings and slots on such a host. */
  public KvmState start() {
    // The tables come from QEMU's emulator. It faults for an atomic operation as for a store, but
    // does a load and a store where the machine has one processor only, as that of x86.
    Machine machine =
        switch (arch) {
          case ARM, ARM64 ->
              Machine.DEFAULT.withDic(dic).withFwb(fwb).withAtomicsFaultingAsLoads(false);
          case X86 -> Machine.X86.with(paging).withAtomicsFaultingAsLoads(true);
          case RISCV, LOONGARCH, MIPS, POWERPC, S390 ->
              paging == Paging.HASH ? Machine.of(arch).with(paging) : Machine.of(arch);
        };
    return KvmState.initial(machine, HostSettings.DEFAULT.with(thp));
  }
}
