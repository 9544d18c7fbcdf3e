package org.pagetrail.kvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.host.HostSettings;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Kernels;

/** Hosts with several zero pages, and processes that may have none. */
class ZeroPagesTest {
  private static final Gpa GPA = VirtualMachine.GPA;
  private static final Pfn FIRST = new Pfn(0x1000);
  private static final HostSettings COLOURED =
      HostSettings.DEFAULT.with(ThpMode.NEVER).withZeroPage(FIRST).withZeroPages(8);

  @Test
  void aReadMapsTheZeroPageOfItsColour() {
    VirtualMachine vm = mips(COLOURED);

    assertThat(frame(vm.perform(VirtualMachine.load(GPA)))).isEqualTo(FIRST);
    assertThat(frame(vm.perform(VirtualMachine.load(GPA.plus(0x3000))))).isEqualTo(FIRST.plus(3));
    assertThat(frame(vm.perform(VirtualMachine.load(GPA.plus(0x8000))))).isEqualTo(FIRST);
  }

  @Test
  void everyOneOfThemIsAZeroPageAndNoNeighbourIs() {
    assertThat(COLOURED.isZeroPage(FIRST)).isTrue();
    assertThat(COLOURED.isZeroPage(FIRST.plus(7))).isTrue();
    assertThat(COLOURED.isZeroPage(FIRST.plus(8))).isFalse();
    assertThat(COLOURED.isZeroPage(new Pfn(FIRST.value() - 1))).isFalse();
    assertThat(HostSettings.DEFAULT.isZeroPage(HostSettings.UNRECORDED_ZERO_PAGE.plus(1)))
        .isFalse();
  }

  @Test
  void aSplitHugeZeroPageBecomesZeroPagesOfAllColours() {
    VirtualMachine vm =
        new VirtualMachine(
                Kernels.of(Arch.MIPS, "6.12"), Machine.of(Arch.MIPS), COLOURED.with(ThpMode.ALWAYS))
            .withAnonymousMemory()
            .withSlot(SlotFlags.NONE);
    vm.read(GPA);

    vm.write(GPA.plus(0x5000), 1);

    HostPages sixth = pageAt(vm, 0x6000);
    HostPages ninth = pageAt(vm, 0x9000);
    assertThat(sixth.kind()).isEqualTo(PageKind.ZERO_PAGE);
    assertThat(sixth.frame()).isEqualTo(FIRST.plus(6));
    assertThat(ninth.frame()).isEqualTo(FIRST.plus(1));
  }

  @Test
  void aProcessThatMayNotMapZeroPagesGetsANewPageWhenItReads() {
    VirtualMachine vm =
        new VirtualMachine(
                Kernels.of(Arch.RISCV, "7.2"),
                Machine.of(Arch.RISCV),
                HostSettings.DEFAULT.with(ThpMode.NEVER).withZeroPageForbidden(true))
            .withAnonymousMemory()
            .withSlot(SlotFlags.NONE);

    vm.read(GPA);

    HostPages page = pageAt(vm, 0);
    assertThat(page.kind()).isEqualTo(PageKind.ANONYMOUS);
    assertThat(vm.entryText(GPA)).isEqualTo("rw");
  }

  @Test
  void theNumberOfZeroPagesIsAPowerOfTwo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostSettings.DEFAULT.withZeroPages(3))
        .withMessage("3 zero pages: must be a power of two");
  }

  private static VirtualMachine mips(HostSettings settings) {
    return new VirtualMachine(Kernels.of(Arch.MIPS, "7.2"), Machine.of(Arch.MIPS), settings)
        .withAnonymousMemory()
        .withSlot(SlotFlags.NONE);
  }

  private static HostPages pageAt(VirtualMachine vm, long offset) {
    return Objects.requireNonNull(vm.state().host().pageAt(VirtualMachine.HVA.plus(offset)));
  }

  private static Pfn frame(List<Event> events) {
    return events.stream()
        .filter(PfnResolved.class::isInstance)
        .map(event -> ((PfnResolved) event).pfn())
        .findFirst()
        .orElseThrow();
  }
}
