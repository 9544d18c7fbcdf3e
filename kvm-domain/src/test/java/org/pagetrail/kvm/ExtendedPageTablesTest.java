package org.pagetrail.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.kvm.Machine.Paging;
import org.pagetrail.kvm.host.HostSettings;
import org.pagetrail.kvm.host.Mapping.Details;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** Which memory type x86 gives an entry of Intel's extended page tables, release by release. */
class ExtendedPageTablesTest {
  private static final Gpa PAGE = VirtualMachine.GPA;
  private static final Machine EPT = Machine.X86.with(Paging.EPT);

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "3.12, D, D, D, D",
    "3.18, D, D, D, D",
    "4.1, D, D, D, D",
    "4.4, N, D, D, D",
    "4.9, N, D, D, D",
    "4.18, N, D, D, N",
    "5.10, N, D, D, N",
    "6.1, N, D, D, N",
    "7.2, N, D, D, N"
  })
  void uncachedIsWhatThatReleaseTakesForMemoryOfADevice(
      String release, String zeroPage, String bar, String reserved, String reservedAndCached) {
    KernelModel kernel = Kernels.of(Arch.X86, release);

    assertThat(type(vm(kernel).withAnonymousMemory())).as("zero page").isEqualTo(zeroPage);
    assertThat(type(vm(kernel).withFrames(PageKind.DEVICE))).as("BAR").isEqualTo(bar);
    assertThat(type(vm(kernel).withFrames(PageKind.RESERVED_RAM))).isEqualTo(reserved);
    assertThat(type(withCached(vm(kernel)))).isEqualTo(reservedAndCached);
  }

  @Test
  void theExemptionOfSeptember2014CuredX86TooAndItsRevertBroughtTheBugBack() {
    KernelModel before = Kernels.of(Arch.X86, "3.12");

    assertThat(type(vm(before).withAnonymousMemory())).isEqualTo("D");
    assertThat(type(vm(fixed(before, "generic-zero-page")).withAnonymousMemory())).isEqualTo("N");
    assertThat(
            type(
                vm(fixed(before, "generic-zero-page,generic-zero-page-reverted"))
                    .withAnonymousMemory()))
        .isEqualTo("D");
  }

  @Test
  void theTypeNeverChangesWhatAGuestMayWrite() {
    VirtualMachine vm = vm(Kernels.of(Arch.X86, "4.1")).withAnonymousMemory();
    vm.withSlot(SlotFlags.READ_ONLY);

    assertThat(vm.read(PAGE)).isEqualTo("direct");
    assertThat(vm.entryText(PAGE)).isEqualTo("D ro");
    assertThat(vm.write(PAGE, 0x98)).isEqualTo("exit");
  }

  @Test
  void nestedPagingHasNoTypeInAnyRelease() {
    for (String release : Kernels.releases(Arch.X86)) {
      VirtualMachine vm =
          new VirtualMachine(Kernels.of(Arch.X86, release), Machine.X86, ThpMode.NEVER);
      vm.withFrames(PageKind.DEVICE).withSlot(SlotFlags.NONE);
      vm.write(PAGE, 1);
      assertThat(vm.entryText(PAGE)).as(release).isEqualTo("rw");
    }
  }

  private static String type(VirtualMachine vm) {
    vm.withSlot(SlotFlags.NONE);
    vm.read(PAGE);
    return vm.entryText(PAGE).substring(0, 1);
  }

  private static VirtualMachine withCached(VirtualMachine vm) {
    return vm.withMapping(
        Backing.PFNMAP, Perms.RW, Details.frames(PageKind.RESERVED_RAM, VirtualMachine.BAR, true));
  }

  private static KernelModel fixed(KernelModel kernel, String fixes) {
    return Fixes.apply(kernel, Fixes.parse(fixes));
  }

  private static VirtualMachine vm(KernelModel kernel) {
    return new VirtualMachine(kernel, EPT, HostSettings.DEFAULT.with(ThpMode.NEVER));
  }
}
