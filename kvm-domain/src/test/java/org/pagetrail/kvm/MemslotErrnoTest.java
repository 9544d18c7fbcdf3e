package org.pagetrail.kvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.kvm.KvmCommand.SetMemslot;
import org.pagetrail.kvm.host.Mapping.Details;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.Kernels;

/**
 * What KVM_SET_USER_MEMORY_REGION answers, as seen with real ioctls on a 6.18 x86 host, and what
 * arm64 adds.
 */
class MemslotErrnoTest {
  private static final int EPERM = 1;
  private static final int EFAULT = 14;
  private static final int EEXIST = 17;
  private static final int EINVAL = 22;
  private static final long MIB = 1L << 20;
  private static final long GPA = 0x1000_0000L;
  private static final long HVA = 0x7000_0000_0000L;

  /** A request on top of slot 1 (4 MiB at GPA, no flags), and what it is answered. */
  record Row(String name, SetMemslot request, int errno) {}

  static Stream<Row> rows() {
    return Stream.of(
        row("identical request", 1, 0, GPA, 4 * MIB, HVA, 0),
        row("READONLY toggled", 1, 2, GPA, 4 * MIB, HVA, EINVAL),
        row("log switched on", 1, 1, GPA, 4 * MIB, HVA, 0),
        row("other host address", 1, 0, GPA, 4 * MIB, HVA + MIB, EINVAL),
        row("smaller", 1, 0, GPA, 2 * MIB, HVA, EINVAL),
        row("larger", 1, 0, GPA, 8 * MIB, HVA, EINVAL),
        row("moved", 1, 0, GPA + 8 * MIB, 4 * MIB, HVA, 0),
        row("moved and log switched on", 1, 1, GPA + 8 * MIB, 4 * MIB, HVA, 0),
        row("moved and READONLY toggled", 1, 2, GPA + 8 * MIB, 4 * MIB, HVA, EINVAL),
        row("moved over itself", 1, 0, GPA + 2 * MIB, 4 * MIB, HVA, 0),
        row("moved onto another", 1, 0, GPA + 64 * MIB, 4 * MIB, HVA, EEXIST),
        row("new slot that overlaps", 3, 0, GPA + 2 * MIB, 4 * MIB, HVA + 16 * MIB, EEXIST),
        row("new slot next to it", 3, 0, GPA + 4 * MIB, 4 * MIB, HVA + 16 * MIB, 0),
        row("new slot over the same host memory", 3, 0, GPA + 8 * MIB, 4 * MIB, HVA, 0),
        row("unaligned size", 3, 0, GPA + 8 * MIB, MIB + 1, HVA, EINVAL),
        row("unaligned guest address", 3, 0, GPA + 8 * MIB + 1, MIB, HVA, EINVAL),
        row("unaligned host address", 3, 0, GPA + 8 * MIB, MIB, HVA + 1, EINVAL),
        row("size 0 without slot", 3, 0, GPA + 8 * MIB, 0, HVA, EINVAL),
        row("guest memfd through the first ioctl", 3, 4, GPA + 8 * MIB, MIB, HVA, EINVAL),
        row("unknown flag", 3, 8, GPA + 8 * MIB, MIB, HVA, EINVAL),
        row("guest addresses that wrap", 3, 0, -0x10000L, MIB, HVA, EINVAL),
        row("guest address of 52 bits", 3, 0, 1L << 52, MIB, HVA, EINVAL),
        row("host address of the kernel", 3, 0, GPA + 8 * MIB, MIB, -1L << 46, EINVAL),
        row("host range with the last page", 3, 0, GPA + 8 * MIB, MIB, (1L << 47) - MIB, EINVAL),
        row("host range up to it", 3, 0, GPA + 8 * MIB, MIB, (1L << 47) - MIB - 0x1000, 0),
        row("host address of 47 bits", 3, 0, GPA + 8 * MIB, MIB, 1L << 47, EINVAL),
        row("one slot too many", 32764, 0, GPA + 8 * MIB, MIB, HVA, EINVAL),
        row("the last slot", 32763, 0, GPA + 8 * MIB, MIB, HVA, 0),
        row("delete with READONLY", 1, 2, GPA, 0, HVA, 0),
        row("delete with an unknown flag", 1, 8, GPA, 0, HVA, EINVAL),
        row("delete at an unaligned guest address", 1, 0, GPA + 1, 0, HVA, EINVAL),
        row("delete at an unaligned host address", 1, 0, GPA, 0, HVA + 1, EINVAL),
        row("delete with other addresses", 1, 0, 0, 0, HVA + MIB, 0),
        row("2^31 pages", 3, 0, 1L << 45, 1L << 43, 0x1000, EINVAL),
        row("2^31 - 1 pages", 3, 0, 1L << 45, (1L << 43) - 0x1000, 0x1000, 0));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theIoctlAnswersAsItDidOnARealHost(Row row) {
    VirtualMachine vm = x86WithTwoSlots();

    assertThat(vm.request(row.request())).as(row.name()).isEqualTo(row.errno());
  }

  @Test
  void aSlotThatIsGoneCannotBeDeletedAgain() {
    VirtualMachine vm = x86WithTwoSlots();

    assertThat(vm.request(request(1, 0, GPA, 0, HVA))).isZero();
    assertThat(vm.request(request(1, 0, GPA, 0, HVA))).isEqualTo(EINVAL);
  }

  @Test
  void otherAddressSpacesExistOnX86Only() {
    SetMemslot inSpaceOne =
        new SetMemslot(
            new SlotId(1, 0), SlotFlags.NONE, new Gpa(GPA), new ByteSize(MIB), new Hva(HVA));

    assertThat(x86WithTwoSlots().request(inSpaceOne)).isZero();
    assertThat(arm("6.1").request(inSpaceOne)).isEqualTo(EINVAL);
  }

  @Test
  void whatTheHostSaysAboutMemslotsGoesBeforeTheRuleOfTheKernel() {
    MemslotLimits one = MemslotLimits.asked(40, 1, false);
    VirtualMachine vm = x86(Machine.X86.with(one), "6.18");

    assertThat(vm.request(request(39, 0, GPA, MIB, HVA))).isZero();
    assertThat(vm.request(request(40, 0, GPA + MIB, MIB, HVA))).isEqualTo(EINVAL);
    assertThat(vm.request(request(1, 2, GPA + MIB, MIB, HVA))).isEqualTo(EINVAL);
    assertThat(vm.request(request(1 << 16, 0, GPA + MIB, MIB, HVA))).isEqualTo(EINVAL);
    assertThat(vm.decisions(request(40, 0, GPA + MIB, MIB, HVA)).getFirst().rule().rule())
        .isEqualTo("generic/slot/asked-limit");
  }

  @Test
  void x86RefusesSlotsBehindTheGuestsAddressSpaceFromKernel518On() {
    Machine narrow = Machine.X86.withAddressBits(40, 47);
    SetMemslot behind = request(1, 0, 1L << 40, MIB, HVA);

    assertThat(x86(narrow, "5.13").request(behind)).isZero();
    assertThat(x86(narrow, "6.1").request(behind)).isEqualTo(EINVAL);
    assertThat(x86(narrow, "6.1").request(request(1, 0, (1L << 40) - MIB, MIB, HVA))).isZero();
  }

  @Test
  void theNearestKernelIsTheNewestThatIsNotNewer() {
    assertThat(Kernels.nearest(Arch.X86, "6.18.44-fc-v595")).isEqualTo("6.18");
    assertThat(Kernels.nearest(Arch.X86, "6.8.0-51-generic")).isEqualTo("6.2");
    assertThat(Kernels.nearest(Arch.ARM64, "99.0")).isEqualTo("7.2");
    assertThat(Kernels.nearest(Arch.ARM64, "2.6.32")).isEqualTo("3.12");
    assertThatThrownBy(() -> Kernels.nearest(Arch.X86, "unknown"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown");
  }

  @Test
  void theEarlierCheckWins() {
    VirtualMachine vm = x86WithTwoSlots();

    String rule = vm.decisions(request(1, 8, GPA + 1, 1, HVA + 1)).getFirst().rule().rule();

    assertThat(rule).isEqualTo("generic/slot/unknown-flag");
  }

  @Test
  void aRefusedRequestChangesNothing() {
    VirtualMachine vm = x86WithTwoSlots();
    KvmState before = vm.state();

    List<?> events = vm.perform(request(1, 2, GPA, 4 * MIB, HVA));

    assertThat(events).singleElement().isInstanceOf(MemslotSet.class);
    assertThat(vm.state()).isEqualTo(before);
  }

  @Test
  void arm64RefusesSlotsBehindTheGuestsAddressSpaceFromKernel318On() {
    SetMemslot lastPage = request(3, 0, (1L << 40) - MIB, MIB, HVA);
    SetMemslot behind = request(3, 0, 1L << 40, MIB, HVA);

    assertThat(arm("3.17-rc").request(behind)).isZero();
    assertThat(arm("3.18").request(lastPage)).isEqualTo(EFAULT);
    assertThat(arm("5.10").request(lastPage)).isZero();
    assertThat(arm("6.1").request(behind)).isEqualTo(EFAULT);
  }

  @Test
  void arm64RefusedWritableSlotsOverReadOnlyMemoryFor5Years() {
    assertThat(overReadOnlyMemory("3.17-rc")).isZero();
    assertThat(overReadOnlyMemory("3.18")).isEqualTo(EPERM);
    assertThat(overReadOnlyMemory("4.18")).isEqualTo(EPERM);
    assertThat(overReadOnlyMemory("5.10")).isZero();
  }

  @Test
  void arm64RefusesALogOverPageFrames() {
    VirtualMachine vm = arm("6.1").withFrames(PageKind.DEVICE);

    assertThat(vm.setSlot(new SlotFlags(SlotFlags.LOG_DIRTY))).isEqualTo(EINVAL);
    assertThat(vm.setSlot(SlotFlags.NONE)).isZero();
    assertThat(vm.setSlot(new SlotFlags(SlotFlags.LOG_DIRTY))).isEqualTo(EINVAL);
  }

  @Test
  void arm64RefusesCacheablePageFramesThatItCannotForceTheGuestTo() {
    Details cached = Details.frames(PageKind.DEVICE, VirtualMachine.BAR, true);

    assertThat(over(cached, Machine.DEFAULT)).isEqualTo(EINVAL);
    assertThat(over(cached, Machine.DEFAULT.withDic(true).withFwb(true))).isZero();
  }

  @Test
  void arm64HadFewerSlots() {
    assertThat(arm("4.9").request(request(32, 0, GPA, MIB, HVA))).isEqualTo(EINVAL);
    assertThat(arm("4.18").request(request(32, 0, GPA, MIB, HVA))).isZero();
    assertThat(arm("5.10").request(request(512, 0, GPA, MIB, HVA))).isEqualTo(EINVAL);
    assertThat(arm("5.13").request(request(32766, 0, GPA, MIB, HVA))).isZero();
  }

  @Test
  void aChangeIsNamedForWhatItIs() {
    VirtualMachine vm = x86WithTwoSlots();

    assertThat(change(vm, request(1, 1, GPA, 4 * MIB, HVA))).isEqualTo(SlotChange.FLAGS_ONLY);
    assertThat(change(vm, request(1, 1, GPA, 4 * MIB, HVA))).isEqualTo(SlotChange.NONE);
    assertThat(change(vm, request(1, 1, GPA + 8 * MIB, 4 * MIB, HVA))).isEqualTo(SlotChange.MOVE);
    assertThat(change(vm, request(1, 0, GPA, 0, HVA))).isEqualTo(SlotChange.DELETE);
    assertThat(change(vm, request(1, 0, GPA, 4 * MIB, HVA))).isEqualTo(SlotChange.CREATE);
  }

  private static SlotChange change(VirtualMachine vm, SetMemslot request) {
    return vm.perform(request).stream()
        .filter(MemslotSet.class::isInstance)
        .map(event -> ((MemslotSet) event).change())
        .findFirst()
        .orElseThrow();
  }

  private static int overReadOnlyMemory(String release) {
    return arm(release)
        .withMapping(Backing.PRIVATE_ANONYMOUS, Perms.R, Details.NONE)
        .setSlot(SlotFlags.NONE);
  }

  private static int over(Details frames, Machine machine) {
    VirtualMachine vm =
        new VirtualMachine(
            Fixes.apply(Kernels.of(Arch.ARM64, "6.1"), Fixes.parse("pfnmap-cacheable")),
            machine,
            ThpMode.NEVER);
    return vm.withMapping(Backing.PFNMAP, Perms.RW, frames).setSlot(SlotFlags.NONE);
  }

  private static VirtualMachine arm(String release) {
    return new VirtualMachine(Kernels.of(Arch.ARM64, release));
  }

  private static VirtualMachine x86(Machine machine, String release) {
    return new VirtualMachine(Kernels.of(Arch.X86, release), machine, ThpMode.NEVER);
  }

  private static VirtualMachine x86WithTwoSlots() {
    VirtualMachine vm = x86(Machine.X86, "6.18");
    assertThat(vm.request(request(1, 0, GPA, 4 * MIB, HVA))).isZero();
    assertThat(vm.request(request(2, 0, GPA + 64 * MIB, 4 * MIB, HVA))).isZero();
    return vm;
  }

  private static Row row(
      String name, int slot, int flags, long gpa, long size, long hva, int errno) {
    return new Row(name, request(slot, flags, gpa, size, hva), errno);
  }

  private static SetMemslot request(int slot, int flags, long gpa, long size, long hva) {
    return new SetMemslot(
        SlotId.fromIoctl(slot),
        new SlotFlags(flags),
        new Gpa(gpa),
        new ByteSize(size),
        new Hva(hva));
  }
}
