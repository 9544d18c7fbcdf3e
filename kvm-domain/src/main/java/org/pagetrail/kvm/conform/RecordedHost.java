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
 * @param paging x86: who walks the guest's tables
 */
public record RecordedHost(Arch arch, ThpMode thp, boolean dic, boolean fwb, Paging paging) {

  /** A host of that architecture as most tables have it. */
  public static RecordedHost of(Arch arch, ThpMode thp) {
    return new RecordedHost(arch, thp, false, false, Paging.NPT);
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
  KvmState start() {
    // The x86 tables come from an emulated machine with one processor, whose emulator does an
    // atomic operation as a load and a store.
    Machine machine =
        switch (arch) {
          case ARM, ARM64 -> Machine.DEFAULT.withDic(dic).withFwb(fwb);
          case X86 -> Machine.X86.with(paging).withSplitAtomics(true);
        };
    return KvmState.initial(machine, HostSettings.DEFAULT.with(thp));
  }
}
