package org.pagetrail.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.HostCalled;
import org.pagetrail.kvm.KvmCommand.Advice;
import org.pagetrail.kvm.KvmCommand.Madvise;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Kernels;

/** The advice to bring pages in, which kernels know since 5.14. */
class PopulateAdviceTest {

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "arm64, 3.17-rc, -22",
    "arm64, 5.10, -22",
    "arm64, 5.13, -22",
    "arm64, 6.1, 0",
    "x86, 5.10, -22",
    "x86, 5.13, -22",
    "x86, 6.12, 0",
    "riscv, 6.1, 0",
    "mips, 5.13, -22",
    "mips, 6.1, 0"
  })
  void theAdviceToPopulateBringsPagesInOrIsNotKnown(String arch, String release, int ret) {
    VirtualMachine vm =
        new VirtualMachine(Kernels.of(Arch.of(arch), release)).withAnonymousMemory();

    List<Event> events = vm.perform(new Madvise(VirtualMachine.range(), Advice.POPULATE_WRITE));

    assertThat(events)
        .endsWith(new HostCalled("madvise(MADV_POPULATE_WRITE)", VirtualMachine.range(), ret));
    assertThat(vm.state().host().pageAt(VirtualMachine.HVA) != null).isEqualTo(ret == 0);
  }
}
