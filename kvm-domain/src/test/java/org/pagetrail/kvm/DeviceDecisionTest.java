package org.pagetrail.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.Machine.Paging;
import org.pagetrail.kvm.host.Mapping.Details;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** Which generic predicate stands behind the decision that a page is a device. */
class DeviceDecisionTest {
  private static final KernelModel ARM = Kernels.of(Arch.ARM64, "6.1");
  private static final Machine ARM_MACHINE = Machine.DEFAULT;
  private static final Machine EPT = Machine.X86.with(Paging.EPT);

  @Test
  void theBugAndItsGenericFixAskTheSameRuleAndNameDifferentPredicates() {
    assertThat(decided(fixed("bug-2014"), ARM_MACHINE).rule())
        .isEqualTo(decided(fixed("bug-2014,generic-zero-page"), ARM_MACHINE).rule())
        .isEqualTo("arm64/device/mmio-predicate");
    assertThat(predicates(fixed("bug-2014"), ARM_MACHINE))
        .containsExactly("generic/mmio-pfn/page-reserved");
    assertThat(predicates(fixed("bug-2014,generic-zero-page"), ARM_MACHINE))
        .containsExactly("generic/mmio-pfn/not-zero-page");
  }

  @Test
  void aRuleThatAsksNoPredicateNamesNone() {
    assertThat(predicates(ARM, ARM_MACHINE)).isEmpty();
    assertThat(predicates(fixed("bug-2014,arch-pfn-valid"), ARM_MACHINE)).isEmpty();
    assertThat(predicates(fixed("bug-2014,arch-writable-guard"), ARM_MACHINE)).isEmpty();
  }

  @Test
  void x86WithExtendedPageTablesNamesThePredicateUntilItHadItsOwn() {
    assertThat(predicates(Kernels.of(Arch.X86, "3.12"), EPT))
        .containsExactly("generic/mmio-pfn/page-reserved");
    assertThat(predicates(Kernels.of(Arch.X86, "4.1"), EPT))
        .containsExactly("generic/mmio-pfn/page-reserved-again");
    assertThat(predicates(Kernels.of(Arch.X86, "4.4"), EPT)).isEmpty();
  }

  @Test
  void pageFramesAreMappedByBlocksWhereTheMappingAllowsItAndTheKernelComputesIt() {
    assertThat(entryOver(fixed("pfnmap-blocks"), VirtualMachine.BAR)).isEqualTo(512L);
    assertThat(entryOver(fixed("pfnmap-blocks"), VirtualMachine.BAR.plus(1))).isEqualTo(1L);
    assertThat(entryOver(ARM, VirtualMachine.BAR)).isEqualTo(1L);
  }

  private static long entryOver(KernelModel kernel, Pfn first) {
    VirtualMachine vm =
        new VirtualMachine(kernel)
            .withMapping(Backing.PFNMAP, Perms.RW, Details.frames(PageKind.DEVICE, first, false));
    vm.withSlot(SlotFlags.NONE).read(VirtualMachine.GPA);
    return Objects.requireNonNull(vm.entry(VirtualMachine.GPA)).leafPages();
  }

  private static KernelModel fixed(String fixes) {
    return Fixes.apply(ARM, Fixes.parse(fixes));
  }

  private static List<String> predicates(KernelModel kernel, Machine machine) {
    return decided(kernel, machine).inputs().stream()
        .filter(input -> input.name().equals("generic predicate"))
        .map(Input::value)
        .toList();
  }

  private static Citation decided(KernelModel kernel, Machine machine) {
    VirtualMachine vm = new VirtualMachine(kernel, machine, ThpMode.NEVER).withAnonymousMemory();
    vm.withSlot(SlotFlags.READ_ONLY);
    return vm.decisions(VirtualMachine.load(VirtualMachine.GPA)).stream()
        .filter(decision -> decision.event() instanceof DeviceDecided)
        .findFirst()
        .orElseThrow()
        .rule();
  }
}
