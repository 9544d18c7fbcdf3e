package org.pagetrail.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.Stage2Unmapped;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.kvm.KvmCommand.AccessMemory;
import org.pagetrail.kvm.KvmCommand.CompleteMmio;
import org.pagetrail.kvm.KvmCommand.HostWrite;
import org.pagetrail.kvm.KvmCommand.MapHost;
import org.pagetrail.kvm.KvmCommand.SetMemslot;
import org.pagetrail.kvm.host.Mapping.Details;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import org.pagetrail.kvm.model.slot.ReadOnlySlots;
import org.pagetrail.kvm.model.slot.SlotCount;

/**
 * The kernel's own selftest set_memory_region_test, under every kernel that the model has. Its
 * parts about guest_memfd beyond the flag, and about an exception that is delivered through
 * unbacked memory, are not here: the model has neither.
 */
class SetMemoryRegionSelftestTest {
  private static final int LOG_DIRTY = SlotFlags.LOG_DIRTY;
  private static final int READONLY = SlotFlags.READONLY;
  private static final int GUEST_MEMFD = 1 << 2;
  private static final long REGION_GPA = 0xc0000000L;
  private static final Hva REGION_HVA = new Hva(0x7000_0000_0000L);
  private static final ByteSize REGION_SIZE = ByteSize.mebibytes(2);
  private static final SlotId REGION = SlotId.of(7);
  private static final SlotId CODE = SlotId.of(0);
  private static final Gpa CODE_GPA = new Gpa(0x100000);
  private static final Hva CODE_HVA = new Hva(0x7100_0000_0000L);
  private static final long MMIO_VALUE = 0xbeef;
  private static final String MMIO = "mmio";

  static Stream<KernelModel> kernels() {
    return Stream.of(Arch.values())
        .flatMap(arch -> Kernels.releases(arch).stream().map(release -> Kernels.of(arch, release)));
  }

  static Stream<KernelModel> x86Kernels() {
    return kernels().filter(kernel -> kernel.arch() == Arch.X86);
  }

  /** Those whose fault path answers reads and exits. */
  static Stream<KernelModel> kernelsThatMapPages() {
    return kernels()
        .filter(kernel ->
            kernel.rules().stream()
                .noneMatch(rule -> rule.id().equals("unknown/entry-permission")));
  }

  @ParameterizedTest
  @MethodSource("x86Kernels")
  void zeroMemoryRegionsAVcpuWithoutSlotsEndsInAnInternalError(KernelModel kernel) {
    VirtualMachine vm = vm(kernel);

    List<Event> events = vm.perform(fetch(new Gpa(0xfffffff0L)));

    assertThat(events).contains(new RunReturned(0, "KVM_EXIT_INTERNAL_ERROR", 0));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void invalidMemoryRegionFlagsEverySingleFlagIsTakenOrRefusedAsTheKernelOffersIt(
      KernelModel kernel) {
    boolean readOnly = kernel.rule(ReadOnlySlots.class) == ReadOnlySlots.SUPPORTED;
    for (int bit = 0; bit < 32; bit++) {
      int flag = 1 << bit;
      boolean taken = flag == LOG_DIRTY || (flag == READONLY && readOnly);
      assertThat(set(mapped(kernel), flag, REGION_GPA))
          .as("flag 1 << " + bit)
          .isEqualTo(taken ? 0 : Errno.EINVAL);
    }
    assertThat(set(mapped(kernel), LOG_DIRTY | GUEST_MEMFD, REGION_GPA)).isEqualTo(Errno.EINVAL);
    assertThat(set(mapped(kernel), READONLY | GUEST_MEMFD, REGION_GPA)).isEqualTo(Errno.EINVAL);
  }

  @Test
  void invalidMemoryRegionFlagsTheArchitecturesThatTheSelftestExpectsOfferReadOnlySlots() {
    List<Arch> offering = new ArrayList<>();
    for (Arch arch : Arch.values()) {
      List<String> releases = Kernels.releases(arch);
      if (releases.contains("7.2")
          && set(mapped(Kernels.of(arch, "7.2")), READONLY, REGION_GPA) == 0) {
        offering.add(arch);
      }
    }

    assertThat(offering)
        .contains(Arch.ARM64, Arch.RISCV, Arch.X86, Arch.LOONGARCH)
        .doesNotContain(Arch.POWERPC, Arch.S390);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void addMaxMemoryRegionsAllSlotsCanBeFilledAndTheNextIsRefused(KernelModel kernel) {
    int slots = kernel.rule(SlotCount.class).userSlots();
    VirtualMachine vm = vm(kernel);
    int filled = Math.min(slots, 600);
    for (int slot = 0; slot < filled; slot++) {
      assertThat(vm.request(numbered(slot))).as("slot " + slot).isZero();
    }
    if (filled < slots) {
      assertThat(vm.request(numbered(slots - 1))).as("the last slot").isZero();
    }

    assertThat(vm.request(numbered(slots))).as("slot " + slots).isEqualTo(Errno.EINVAL);
  }

  @ParameterizedTest
  @MethodSource("kernelsThatMapPages")
  void moveMemoryRegionTheGuestNeverSeesWhatLiesBehindAnotherAddress(KernelModel kernel) {
    for (boolean zapAll : List.of(true, false)) {
      VirtualMachine vm =
          new VirtualMachine(
              kernel, Machine.of(kernel.arch()).withSlotZapAll(zapAll), ThpMode.NEVER);
      map(vm, REGION_HVA);
      assertThat(set(vm, 0, REGION_GPA)).isZero();
      List<Object> seen = new ArrayList<>();
      for (int loop = 0; loop < 10; loop++) {
        vm.perform(new HostWrite(REGION_HVA, 8, 0));
        seen.add(read(vm));
        assertThat(set(vm, 0, REGION_GPA - 4096)).isZero();
        seen.add(read(vm));
        vm.perform(new HostWrite(REGION_HVA, 8, 2));
        seen.add(read(vm));
        vm.perform(new HostWrite(REGION_HVA, 8, 1));
        seen.add(read(vm));
        assertThat(set(vm, 0, REGION_GPA)).isZero();
        assertThat(read(vm)).as("back in its place").isEqualTo(1L);
      }

      assertThat(seen).as("with the quirk " + zapAll).isSubsetOf(0L, 1L, MMIO);
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsThatMapPages")
  void deleteMemoryRegionReadsBecomeMmioAndTheNewSlotHoldsWhatItsMemoryHolds(KernelModel kernel) {
    VirtualMachine vm = vm(kernel);
    map(vm, REGION_HVA);
    map(vm, CODE_HVA);
    assertThat(set(vm, 0, REGION_GPA)).isZero();
    assertThat(vm.request(new SetMemslot(CODE, SlotFlags.NONE, CODE_GPA, REGION_SIZE, CODE_HVA)))
        .isZero();
    assertThat(read(vm)).isEqualTo(0L);

    assertThat(delete(vm, REGION)).isZero();
    assertThat(read(vm)).isEqualTo(MMIO);
    assertThat(set(vm, 0, REGION_GPA)).isZero();
    assertThat(read(vm)).isEqualTo(0L);
    assertThat(delete(vm, REGION)).isZero();
    assertThat(read(vm)).isEqualTo(MMIO);
    assertThat(delete(vm, CODE)).isZero();

    List<Event> events = vm.perform(fetch(CODE_GPA));
    if (kernel.arch() == Arch.X86) {
      assertThat(events).contains(new RunReturned(0, "KVM_EXIT_INTERNAL_ERROR", 0));
    } else {
      assertThat(events).noneMatch(SetMemoryRegionSelftestTest::isDirect);
    }
  }

  @Test
  void withTheQuirkOffADeletedSlotTakesOnlyItsOwnEntriesAlong() {
    assertThat(flushed("7.2", true)).isGreaterThan(REGION_SIZE);
    assertThat(flushed("7.2", false)).isEqualTo(REGION_SIZE);
    assertThat(flushed("6.1", false)).as("the quirk came later").isGreaterThan(REGION_SIZE);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aDeletedSlotNamesWhatAVcpuMeetsMeanwhile(KernelModel kernel) {
    VirtualMachine vm = mapped(kernel);
    set(vm, 0, REGION_GPA);

    Decision deleted =
        vm.decisions(new SetMemslot(REGION, SlotFlags.NONE, new Gpa(0), ByteSize.ZERO, REGION_HVA))
            .getLast();

    assertThat(deleted.rule().inputs())
        .anyMatch(input ->
            input.name().equals("vCPU meanwhile") && input.value().contains("slot/invalid"));
  }

  private static ByteSize flushed(String release, boolean zapAll) {
    VirtualMachine vm =
        new VirtualMachine(
            Kernels.of(Arch.X86, release), Machine.X86.withSlotZapAll(zapAll), ThpMode.NEVER);
    map(vm, REGION_HVA);
    set(vm, 0, REGION_GPA);
    return vm
        .perform(new SetMemslot(REGION, SlotFlags.NONE, new Gpa(0), ByteSize.ZERO, REGION_HVA))
        .stream()
        .filter(Stage2Unmapped.class::isInstance)
        .map(event -> ((Stage2Unmapped) event).range().size())
        .findFirst()
        .orElseThrow();
  }

  /** What the guest's load of eight bytes at the region's first address brings. */
  private static Object read(VirtualMachine vm) {
    Gpa gpa = new Gpa(REGION_GPA);
    List<Event> events = vm.perform(new AccessMemory(0, AccessKind.READ, gpa, 8, null));
    for (Event event : events) {
      if (event instanceof MmioExited exit) {
        assertThat(exit.write()).isFalse();
        vm.perform(new CompleteMmio(0, gpa, 8, MMIO_VALUE));
        return MMIO;
      }
      if (event instanceof GuestAccessCompleted done) {
        return Objects.requireNonNull(done.value());
      }
      if (event instanceof Undecided open) {
        return open;
      }
    }
    throw new AssertionError("the load did not end: " + events);
  }

  private static VirtualMachine vm(KernelModel kernel) {
    return new VirtualMachine(kernel);
  }

  private static VirtualMachine mapped(KernelModel kernel) {
    VirtualMachine vm = vm(kernel);
    map(vm, REGION_HVA);
    return vm;
  }

  private static void map(VirtualMachine vm, Hva hva) {
    vm.perform(
        new MapHost(
            new HvaRange(hva, REGION_SIZE),
            Backing.PRIVATE_ANONYMOUS,
            Perms.RW,
            HugeAdvice.NONE,
            "",
            Details.NONE));
  }

  private static int set(VirtualMachine vm, int flags, long gpa) {
    return vm.request(
        new SetMemslot(REGION, new SlotFlags(flags), new Gpa(gpa), REGION_SIZE, REGION_HVA));
  }

  private static int delete(VirtualMachine vm, SlotId slot) {
    return vm.request(new SetMemslot(slot, SlotFlags.NONE, new Gpa(0), ByteSize.ZERO, REGION_HVA));
  }

  /** A slot of 2 MiB, each behind the one before. */
  private static SetMemslot numbered(int slot) {
    long offset = slot * REGION_SIZE.bytes();
    return new SetMemslot(
        SlotId.of(slot), SlotFlags.NONE, new Gpa(offset), REGION_SIZE, REGION_HVA.plus(offset));
  }

  private static boolean isDirect(Event event) {
    return event instanceof GuestAccessCompleted done && done.completion() == Completion.DIRECT;
  }

  private static AccessMemory fetch(Gpa gpa) {
    return new AccessMemory(0, AccessKind.EXECUTE, gpa, 4, null);
  }
}
