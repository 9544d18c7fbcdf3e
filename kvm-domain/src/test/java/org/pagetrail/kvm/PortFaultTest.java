package org.pagetrail.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.SignalSent;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.PageDirtied;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.kvm.KvmCommand.AccessMemory;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.kvm.stage2.Stage2Leaves;

/** Faults on riscv, loongarch, mips, powerpc and s390, and where the model stops there. */
class PortFaultTest {
  private static final Gpa PAGE = VirtualMachine.GPA;
  private static final Gpa NOWHERE = new Gpa(0x1000_0000L);

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "riscv, 6.1, exit, exit, errno 95",
    "riscv, 6.12, exit, exit, unknown",
    "riscv, 7.2, exit, exit, abort",
    "loongarch, 6.12, exit, exit, abort",
    "loongarch, 7.2, exit, exit, abort",
    "mips, 4.9, unknown, unknown, unknown",
    "mips, 4.18, exit, exit, unknown",
    "powerpc, 6.12, unknown, unknown, unknown",
    "powerpc, 7.2, exit, exit, unknown",
    "s390, 5.10, unknown, unknown, unknown",
    "s390, 7.2, abort, abort, abort"
  })
  void anAccessOutsideOfAllSlotsEndsAsTheArchitectureHasIt(
      String arch, String release, String load, String store, String fetch) {
    VirtualMachine vm = new VirtualMachine(Kernels.of(Arch.of(arch), release));

    assertThat(vm.read(NOWHERE)).isEqualTo(load);
    assertThat(new VirtualMachine(Kernels.of(Arch.of(arch), release)).write(NOWHERE, 1))
        .isEqualTo(store);
    assertThat(
            new VirtualMachine(Kernels.of(Arch.of(arch), release))
                .access(AccessKind.EXECUTE, NOWHERE, null))
        .isEqualTo(fetch);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "riscv, 6.1, riscv/read-only-write/exits",
    "riscv, 7.2, riscv/read-only-write/exits",
    "loongarch, 6.12, loongarch/read-only-write/emulated",
    "mips, 4.18, mips/read-only-write/emulated",
    "mips, 7.2, mips/read-only-write/emulated"
  })
  void aWriteToAReadOnlySlotExitsAndChangesNothing(String arch, String release, String rule) {
    VirtualMachine vm =
        new VirtualMachine(Kernels.of(Arch.of(arch), release))
            .withAnonymousMemory()
            .withSlot(SlotFlags.READ_ONLY);

    assertThat(vm.read(PAGE)).isEqualTo("direct");
    assertThat(vm.entryText(PAGE)).endsWith("ro");
    List<Decision> decisions = vm.decisions(store(PAGE, 0x98));

    assertThat(decisions).anyMatch(decision -> decision.rule().rule().equals(rule));
    assertThat(vm.state().exit(0)).isNotNull();
    assertThat(vm.state().host().zeroPageIsDirty()).isFalse();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "powerpc, 6.12",
    "powerpc, 7.2",
    "s390, 5.10",
    "s390, 7.2",
    "mips, 4.9",
    "arm64, 3.12"
  })
  void noSlotCanBeReadOnlyWhereTheArchitectureDoesNotOfferIt(String arch, String release) {
    VirtualMachine vm =
        new VirtualMachine(Kernels.of(Arch.of(arch), release)).withAnonymousMemory();

    assertThat(vm.setSlot(SlotFlags.READ_ONLY)).isEqualTo(Errno.EINVAL);
    assertThat(vm.setSlot(SlotFlags.NONE)).isZero();
  }

  @Test
  void powerpcWouldInterruptTheGuestIfASlotCouldBeReadOnly() {
    KernelModel powerpc = Kernels.of(Arch.POWERPC, "7.2");
    KernelModel allowed = Fixes.named("generic/slot/read-only-supported").applyTo(powerpc);
    VirtualMachine radix = new VirtualMachine(allowed).withAnonymousMemory();
    VirtualMachine hashed =
        new VirtualMachine(
                allowed, Machine.of(Arch.POWERPC).with(Machine.Paging.HASH), ThpMode.NEVER)
            .withAnonymousMemory();

    assertThat(radix.withSlot(SlotFlags.READ_ONLY).write(PAGE, 1)).isEqualTo("abort");
    assertThat(hashed.withSlot(SlotFlags.READ_ONLY).write(PAGE, 1)).isEqualTo("unknown");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "riscv, 7.2, ZERO, ro",
    "riscv, 7.2, DEVICE, rw",
    "loongarch, 6.12, ZERO, N ro",
    "loongarch, 6.12, DEVICE, D ro",
    "loongarch, 6.12, RESERVED_RAM, N ro",
    "mips, 5.10, ZERO, ro",
    "mips, 5.10, DEVICE, ro"
  })
  void theMemoryTypeIsSelectedByTheFramesValidityOnLoongarchAndByNothingElsewhere(
      String arch, String release, String memory, String entry) {
    VirtualMachine vm = new VirtualMachine(Kernels.of(Arch.of(arch), release));
    if (memory.equals("ZERO")) {
      vm.withAnonymousMemory();
    } else {
      vm.withFrames(PageKind.valueOf(memory));
    }
    vm.withSlot(SlotFlags.NONE);

    List<Event> events = vm.perform(VirtualMachine.load(PAGE));

    assertThat(vm.entryText(PAGE)).isEqualTo(entry);
    assertThat(events.stream().anyMatch(DeviceDecided.class::isInstance))
        .isEqualTo(arch.equals("loongarch"));
  }

  @Test
  void riscvMapsAWritableFrameWritableOnARead() {
    VirtualMachine vm = written(Arch.RISCV, "7.2", SlotFlags.NONE);

    vm.read(PAGE);

    assertThat(vm.entryText(PAGE)).isEqualTo("rw");
  }

  @Test
  void mipsLetsALaterWriteThroughWithoutAnotherLookup() {
    VirtualMachine vm = written(Arch.MIPS, "7.2", SlotFlags.NONE);

    vm.read(PAGE);
    assertThat(vm.entryText(PAGE)).isEqualTo("ro");
    List<Event> events = vm.perform(store(PAGE, 1));

    assertThat(events).hasAtLeastOneElementOfType(Stage2Relaxed.class);
    assertThat(events).doesNotHaveAnyElementsOfTypes(PfnResolved.class);
    assertThat(vm.entryText(PAGE)).isEqualTo("rw");
  }

  @ParameterizedTest(name = "{0} {1}: {2} faults, {3} lookups")
  @CsvSource({"riscv, 7.2, 2, 2", "riscv, 6.1, 2, 2", "mips, 7.2, 1, 2", "loongarch, 6.12, 1, 2"})
  void aWriteToTheZeroPageCopiesItAndIsRepeatedWhereTheArchitectureRepeatsIt(
      String arch, String release, int faults, int lookups) {
    VirtualMachine vm =
        new VirtualMachine(Kernels.of(Arch.of(arch), release))
            .withAnonymousMemory()
            .withSlot(SlotFlags.NONE);
    vm.read(PAGE);

    List<Event> events = vm.perform(store(PAGE, 0x98));

    assertThat(events.stream().filter(Stage2Faulted.class::isInstance)).hasSize(faults);
    assertThat(events.stream().filter(PfnResolved.class::isInstance)).hasSize(lookups);
    assertThat(vm.entryText(PAGE)).endsWith("rw");
    assertThat(vm.state().host().zeroPageIsDirty()).isFalse();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"riscv, 7.2, false", "mips, 7.2, false", "loongarch, 6.12, false"})
  void aReadOfALoggedSlotMapsReadOnlyAndAWriteMarksThePageDirty(
      String arch, String release, boolean dirtyAfterRead) {
    VirtualMachine vm = written(Arch.of(arch), release, new SlotFlags(SlotFlags.LOG_DIRTY));

    List<Event> read = vm.perform(VirtualMachine.load(PAGE));
    assertThat(read.stream().anyMatch(PageDirtied.class::isInstance)).isEqualTo(dirtyAfterRead);
    assertThat(vm.entryText(PAGE)).endsWith("ro");

    assertThat(vm.perform(store(PAGE, 1))).contains(new PageDirtied(PAGE.gfn()));
  }

  @Test
  void aPoisonedPageIsASignalOnRiscvAndAnExitOnMips() {
    VirtualMachine riscv = written(Arch.RISCV, "7.2", SlotFlags.NONE);
    VirtualMachine mips = written(Arch.MIPS, "7.2", SlotFlags.NONE);
    riscv.perform(new KvmCommand.PoisonPage(VirtualMachine.HVA));
    mips.perform(new KvmCommand.PoisonPage(VirtualMachine.HVA));

    assertThat(riscv.perform(VirtualMachine.load(PAGE)))
        .contains(new SignalSent("SIGBUS", VirtualMachine.HVA));
    assertThat(mips.read(PAGE)).isEqualTo("exit");
  }

  @Test
  void onlyPlainLoadsAndStoresAreSurelyEmulated() {
    VirtualMachine vm = new VirtualMachine(Kernels.of(Arch.RISCV, "7.2"));

    assertThat(vm.access(AccessKind.ATOMIC, NOWHERE, 1L)).isEqualTo("unknown");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "powerpc, 7.2, unknown/entry-permission",
    "s390, 7.2, unknown/entry-permission",
    "loongarch, 7.2, unknown/entry-permission",
    "mips, 4.9, unknown/entry-permission"
  })
  void whereNobodyReadHowPagesAreMappedTheModelSaysSoAndMapsNothing(
      String arch, String release, String rule) {
    VirtualMachine vm =
        new VirtualMachine(Kernels.of(Arch.of(arch), release))
            .withAnonymousMemory()
            .withSlot(SlotFlags.NONE);

    List<Decision> decisions = vm.decisions(VirtualMachine.load(PAGE));

    assertThat(decisions.getLast().event()).isInstanceOf(Undecided.class);
    assertThat(decisions.getLast().rule().rule()).isEqualTo(rule);
    assertThat(vm.entry(PAGE)).isNull();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "riscv, 6.1, ANON, 1",
    "riscv, 6.12, ANON, 0",
    "riscv, 7.2, ANON, 512",
    "loongarch, 6.12, ANON, 512",
    "mips, 7.2, ANON, 1"
  })
  void aHugePageIsOneEntryWhereTheArchitectureLooksAtTheHostsTables(
      String arch, String release, String memory, long pages) {
    VirtualMachine vm =
        new VirtualMachine(
                Kernels.of(Arch.of(arch), release), Machine.of(Arch.of(arch)), ThpMode.ALWAYS)
            .withAnonymousMemory();
    vm.perform(new KvmCommand.HostFill(VirtualMachine.range(), 1));
    vm.withSlot(SlotFlags.NONE);

    vm.read(PAGE);

    Stage2Leaves entry = vm.entry(PAGE);
    assertThat(entry == null ? 0 : entry.leafPages()).isEqualTo(pages);
  }

  private static VirtualMachine written(Arch arch, String release, SlotFlags flags) {
    VirtualMachine vm = new VirtualMachine(Kernels.of(arch, release)).withAnonymousMemory();
    vm.perform(new KvmCommand.HostFill(VirtualMachine.range(), 1));
    return vm.withSlot(flags);
  }

  private static AccessMemory store(Gpa gpa, long value) {
    return new AccessMemory(0, AccessKind.WRITE, gpa, 4, value);
  }
}
