package org.pagetrail.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.kvm.KvmCommand.StatePage;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Kernels;

/** A page that a snapshot shows without its frame. */
class UnknownFrameTest {

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"arm64, 3.17-rc", "arm64, 6.1", "x86, 6.1", "riscv, 6.12"})
  void itIsMappedToAFrameThatStandsForIt(String arch, String release) {
    VirtualMachine vm =
        new VirtualMachine(Kernels.of(Arch.of(arch), release))
            .withAnonymousMemory()
            .withSlot(SlotFlags.NONE);
    vm.perform(new StatePage(VirtualMachine.HVA, ByteSize.PAGE, null, PageKind.ANONYMOUS, true));

    List<Decision> decisions = vm.decisions(VirtualMachine.load(VirtualMachine.GPA));

    List<Event> events = decisions.stream().map(Decision::event).toList();
    assertThat(events).hasAtLeastOneElementOfType(Stage2Mapped.class);
    assertThat(events)
        .filteredOn(AbortHandled.class::isInstance)
        .allSatisfy(event -> assertThat(((AbortHandled) event).ret()).isNotNegative());
    assertThat(decisions)
        .extracting(decision -> decision.rule().rule())
        .contains("host/frame-unknown");
    assertThat(Objects.requireNonNull(vm.state().host().pageAt(VirtualMachine.HVA)).frame())
        .isNotNull();
  }
}
