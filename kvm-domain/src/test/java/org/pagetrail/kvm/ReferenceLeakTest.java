package org.pagetrail.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.ReferenceLeaked;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.events.trail.Input;
import org.pagetrail.kvm.host.HostSettings;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** The reference that each mapping of the zero page cost from 2008 to 2020, with one month off. */
class ReferenceLeakTest {
  private static final Gpa PAGE = VirtualMachine.GPA;
  private static final Pfn ZERO = HostSettings.UNRECORDED_ZERO_PAGE;

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "arm64, 3.12, true",
    "arm64, 3.17-rc, true",
    "arm64, 3.18, true",
    "arm64, 4.1, true",
    "arm64, 4.9, true",
    "arm64, 4.18, true",
    "arm64, 5.10, false",
    "arm64, 5.13, false",
    "arm64, 6.1, false",
    "arm64, 6.12, false",
    "arm64, 6.18, false",
    "arm64, 7.2, false",
    "x86, 3.12, true",
    "x86, 3.18, true",
    "x86, 4.18, true",
    "x86, 5.10, false",
    "x86, 6.1, false",
    "x86, 7.2, false"
  })
  void aMappedZeroPageLeaksAReferenceInTheKernelsThatDroppedNoneOfAReservedPage(
      String arch, String release, boolean leaks) {
    VirtualMachine vm = vm(Kernels.of(Arch.of(arch), release)).withAnonymousMemory();
    vm.withSlot(SlotFlags.NONE);

    assertThat(leaked(vm, PAGE))
        .isEqualTo(leaks ? List.of(new ReferenceLeaked(ZERO, 1)) : List.of());
  }

  @Test
  void everyMappingLeaksOneMore() {
    VirtualMachine vm = vm(Kernels.of(Arch.ARM64, "4.18")).withAnonymousMemory();
    vm.withSlot(SlotFlags.NONE);

    leaked(vm, PAGE);
    leaked(vm, PAGE.plus(0x1000));

    assertThat(leaked(vm, PAGE.plus(0x2000))).containsExactly(new ReferenceLeaked(ZERO, 3));
    assertThat(vm.state().host().leakedReferences(ZERO)).isEqualTo(3);
  }

  @Test
  void theExemptionOfSeptember2014StopsTheLeakAndItsRevertBringsItBack() {
    KernelModel buggy = Kernels.of(Arch.ARM64, "3.17-rc");

    assertThat(leaksOnRead(buggy)).isTrue();
    assertThat(leaksOnRead(with(buggy, "generic-zero-page"))).isFalse();
    assertThat(leaksOnRead(with(buggy, "generic-zero-page,generic-zero-page-reverted"))).isTrue();
    assertThat(leaksOnRead(with(buggy, "arch-pfn-valid"))).isTrue();
  }

  @Test
  void theBugPutIntoALaterKernelLeaksNothingBecauseThatKernelAsksOtherwise() {
    assertThat(leaksOnRead(with(Kernels.of(Arch.ARM64, "6.1"), "bug-2014"))).isFalse();
    assertThat(leaksOnRead(with(Kernels.of(Arch.ARM64, "5.10"), "bug-2014"))).isTrue();
  }

  @Test
  void theLeakNamesTheRuleThatDropsReferencesAndThePredicateThatItAsked() {
    VirtualMachine vm = vm(Kernels.of(Arch.ARM64, "4.18")).withAnonymousMemory();
    vm.withSlot(SlotFlags.NONE);

    Decision leak =
        vm.decisions(VirtualMachine.load(PAGE)).stream()
            .filter(decision -> decision.event() instanceof ReferenceLeaked)
            .findFirst()
            .orElseThrow();

    assertThat(leak.rule().rule()).isEqualTo("generic/reference/unless-mmio");
    assertThat(leak.rule().inputs())
        .contains(Input.of("generic predicate", "generic/mmio-pfn/page-reserved-again"));
  }

  @Test
  void onlyReservedPagesLeak() {
    VirtualMachine written = vm(Kernels.of(Arch.ARM64, "4.18")).withAnonymousMemory();
    written.perform(new KvmCommand.HostFill(VirtualMachine.range(), 1));
    written.withSlot(SlotFlags.NONE);
    VirtualMachine huge =
        new VirtualMachine(Kernels.of(Arch.ARM64, "4.18"), Machine.DEFAULT, ThpMode.ALWAYS)
            .withAnonymousMemory()
            .withSlot(SlotFlags.NONE);
    VirtualMachine frames = vm(Kernels.of(Arch.ARM64, "4.18")).withFrames(PageKind.RESERVED_RAM);
    frames.withSlot(SlotFlags.NONE);

    assertThat(leaked(written, PAGE)).isEmpty();
    assertThat(leaked(huge, PAGE)).as("the huge zero page is not reserved").isEmpty();
    assertThat(leaked(frames, PAGE)).as("page frames are taken without a reference").isEmpty();
  }

  private static boolean leaksOnRead(KernelModel kernel) {
    VirtualMachine vm = vm(kernel).withAnonymousMemory().withSlot(SlotFlags.READ_ONLY);
    return !leaked(vm, PAGE).isEmpty();
  }

  private static KernelModel with(KernelModel kernel, String fixes) {
    return Fixes.apply(kernel, Fixes.parse(fixes));
  }

  private static List<Event> leaked(VirtualMachine vm, Gpa gpa) {
    return vm.perform(VirtualMachine.load(gpa)).stream()
        .filter(ReferenceLeaked.class::isInstance)
        .toList();
  }

  private static VirtualMachine vm(KernelModel kernel) {
    Machine machine = kernel.arch() == Arch.X86 ? Machine.X86 : Machine.DEFAULT;
    return new VirtualMachine(kernel, machine, ThpMode.NEVER);
  }
}
