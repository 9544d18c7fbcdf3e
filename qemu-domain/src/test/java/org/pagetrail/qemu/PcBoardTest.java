package org.pagetrail.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.Refused;
import org.pagetrail.events.QemuEvent.RegionKind;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.qemu.QemuCommand.DispatchPortWrite;
import org.pagetrail.qemu.QemuCommand.PowerOn;
import org.pagetrail.qemu.QemuCommand.ResetSystem;
import org.pagetrail.qemu.board.BoardSpec;
import org.pagetrail.qemu.board.FlashSpec;
import org.pagetrail.qemu.board.KvmCapabilities;

/** The x86 boards: what shows below 1 MiB is up to the host bridge. */
class PcBoardTest {
  private static final KvmCapabilities WITHOUT_SMM =
      new KvmCapabilities(true, 32764, ByteSize.PAGE, false);
  private static final FlashSpec CODE = file(0x37c000, FlashBacking.FILE_READ_ONLY);
  private static final FlashSpec VARIABLES = file(0x84000, FlashBacking.FILE);
  private static final int Q35_PAM = 0x90;
  private static final int Q35_SMRAM = 0x9c;

  @Test
  void slotsOfQ35ComeAsObserved() {
    Monitor monitor = q35("7.2.22", WITHOUT_SMM, 64);

    assertThat(monitor.slots())
        .containsExactly(
            "#0 0x0 0x0+0x4000000",
            "#1 0x2 0xffc84000+0x37c000",
            "#2 0x2 0xffc00000+0x84000",
            "#3 0x0 0xfeda0000+0x20000",
            "#3 0x0 0xfeda0000+0x0",
            "#0 0x0 0x0+0x0",
            "#0 0x0 0x0+0xc0000",
            "#3 0x2 0xc0000+0x20000",
            "#4 0x2 0xe0000+0x20000",
            "#5 0x0 0x100000+0x3f00000");
  }

  @Test
  void fromNineOneOnQ35WithoutSystemManagementModeMakesNoSmram() {
    assertThat(q35("9.1", WITHOUT_SMM, 64).slots()).noneMatch(slot -> slot.contains("feda0000"));
    assertThat(q35("9.1", KvmCapabilities.X86, 64).slots())
        .anyMatch(slot -> slot.contains("feda0000"));
  }

  @Test
  void systemManagementModeHasSlotsOfItsOwn() {
    Monitor monitor = q35("7.2.22", KvmCapabilities.X86, 64);

    assertThat(monitor.slots())
        .containsSubsequence(
            "#1:0 0x0 0x0+0x4000000",
            "#1:1 0x0 0xfeda0000+0x20000",
            "#1:2 0x2 0xffc00000+0x84000",
            "#1:3 0x2 0xffc84000+0x37c000",
            "#5 0x0 0x100000+0x3f00000",
            "#1:0 0x0 0x0+0x0");
    assertThat(monitor.state().slots(1).slots())
        .extracting(slot -> slot.gpa() + "+" + slot.size())
        .containsExactlyInAnyOrder(
            "0x0+0xc0000",
            "0xc0000+0x20000",
            "0xe0000+0x20000",
            "0x100000+0x3f00000",
            "0xffc00000+0x84000",
            "0xffc84000+0x37c000");
  }

  @Test
  void withSystemManagementModeEveryToggleSetsTwoSlots() {
    Monitor monitor = q35("7.2.22", KvmCapabilities.X86, 64).write(0xffc0_0000L, 0x70);

    assertThat(monitor.slots()).containsExactly("#2 0x0 0xffc00000+0x0", "#1:2 0x0 0xffc00000+0x0");
  }

  @Test
  void shadowedRomIsAReadOnlyRangeInAWritableSlot() {
    Monitor monitor = q35("7.2.22", WITHOUT_SMM, 64);

    config(monitor, Q35_PAM, 0x10);

    assertThat(monitor.slots())
        .containsExactly("#4 0x0 0xe0000+0x0", "#4 0x2 0xe0000+0x10000", "#6 0x0 0xf0000+0x10000");
    assertThat(monitor.events(FlatViewCommitted.class).getFirst().ranges())
        .filteredOn(range -> range.start().value() == 0xf0000)
        .singleElement()
        .satisfies(range -> {
          assertThat(range.region()).isEqualTo("pc.ram");
          assertThat(range.kind()).isEqualTo(RegionKind.ROM);
        });
  }

  @Test
  void allOfShadowMemoryAsRamIsOneSlotAgain() {
    Monitor monitor = q35("7.2.22", WITHOUT_SMM, 64);

    config(monitor, Q35_PAM, 0x3333_3330L);
    config(monitor, Q35_PAM + 4, 0x33_3333L);

    assertThat(monitor.state().slots(0).slots())
        .extracting(slot -> slot.gpa() + "+" + slot.size())
        .containsExactlyInAnyOrder("0x0+0x4000000", "0xffc00000+0x84000", "0xffc84000+0x37c000");
  }

  @Test
  void resetLeavesTheShadowRegistersAsTheyAre() {
    Monitor monitor = q35("7.2.22", WITHOUT_SMM, 64);
    config(monitor, Q35_PAM, 0x3333_3330L);
    config(monitor, Q35_PAM + 4, 0x33_3333L);

    monitor.does(new ResetSystem());

    assertThat(monitor.slots()).isEmpty();
  }

  @Test
  void openSystemManagementMemoryIsHiddenAgainByTheLock() {
    Monitor monitor = q35("7.2.22", KvmCapabilities.X86, 64);

    config(monitor, Q35_SMRAM, 0x87_1a00L);
    assertThat(monitor.state().slots(1).slots())
        .extracting(slot -> slot.gpa() + "+" + slot.size())
        .contains("0xfeda0000+0x20000");
    assertThat(monitor.state().slots(0).slots())
        .as("16 MiB of TSEG are nobody's but system management mode's")
        .extracting(slot -> slot.gpa() + "+" + slot.size())
        .contains("0x100000+0x2f00000")
        .doesNotContain("0xfeda0000+0x20000");

    config(monitor, Q35_SMRAM, 0x4a00L);
    assertThat(monitor.slots()).as("locked").isEmpty();
  }

  @Test
  void theConfigurationWindowReachesTheSameRegisters() {
    Monitor monitor = q35("7.2.22", WITHOUT_SMM, 64);
    config(monitor, 0x60, 0xb000_0001L);

    monitor.write(0xb000_0000L + Q35_PAM, 0x10);

    assertThat(monitor.slots()).contains("#6 0x0 0xf0000+0x10000");
  }

  @Test
  void theConfigurationWindowMovesAndShrinks() {
    Monitor monitor = q35("7.2.22", WITHOUT_SMM, 64);

    config(monitor, 0x60, 0xe000_0001L);
    assertThat(shown(monitor)).contains("0xe0000000-0xefffffff pcie-mmcfg-mmio");
    config(monitor, 0x60, 0xd800_0003L);
    assertThat(shown(monitor)).contains("0xd8000000-0xdfffffff pcie-mmcfg-mmio");
    config(monitor, 0x60, 0xd400_0007L);
    assertThat(monitor.events(FlatViewCommitted.class)).as("a reserved length").isEmpty();
    config(monitor, 0x60, 0xd400_0000L);
    assertThat(shown(monitor)).noneMatch(range -> range.endsWith("pcie-mmcfg-mmio"));
  }

  @Test
  void memoryAtTheDefaultSmbaseIsHiddenOnceItIsAskedForAndLocked() {
    Monitor monitor = q35("7.2.22", KvmCapabilities.X86, 64);

    config(monitor, Q35_SMRAM, 0x02);
    assertThat(monitor.slots()).as("locked without asking").isEmpty();
    config(monitor, Q35_SMRAM, 0xff);
    assertThat(monitor.slots()).as("asked").isEmpty();
    config(monitor, Q35_SMRAM, 0x02);
    assertThat(monitor.slots()).contains("#0 0x0 0x0+0x30000", "#6 0x0 0x50000+0x70000");
    config(monitor, Q35_SMRAM, 0x00);
    assertThat(monitor.slots()).as("locked").isEmpty();
  }

  private static List<String> shown(Monitor monitor) {
    return monitor.events(FlatViewCommitted.class).getFirst().ranges().stream()
        .map(range -> range.start() + "-" + range.lastByte() + " " + range.region())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "q35, 2815, 0xb0000000, ''",
    "q35, 2816, 0x80000000, 0x30000000",
    "q35, 4096, 0x80000000, 0x80000000",
    "pc, 3583, 0xe0000000, ''",
    "pc, 3584, 0xc0000000, 0x20000000"
  })
  void ramThatWouldReachTheDevicesGoesOnAboveFourGib(
      String board, long mebibytes, String below, String above) {
    List<String> slots = machine(board, "7.2.22", WITHOUT_SMM, mebibytes).slots();

    if (above.isEmpty()) {
      assertThat(slots).first().isEqualTo("#0 0x0 0x0+0x" + Long.toHexString(mebibytes << 20));
    } else {
      assertThat(slots).startsWith("#0 0x0 0x0+" + below, "#1 0x0 0x100000000+" + above);
    }
  }

  @Test
  void thePcShowsPciMemoryBelowOneMibAlreadyWhileItIsBuilt() {
    Monitor monitor = machine("pc", "7.2.22", WITHOUT_SMM, 64);

    assertThat(monitor.slots())
        .containsExactly(
            "#0 0x0 0x0+0x4000000",
            "#1 0x2 0xffc84000+0x37c000",
            "#2 0x2 0xffc00000+0x84000",
            "#0 0x0 0x0+0x0",
            "#0 0x0 0x0+0xc0000",
            "#3 0x2 0xc0000+0x20000",
            "#4 0x2 0xe0000+0x20000",
            "#5 0x0 0x100000+0x3f00000");
  }

  /** What SeaBIOS leaves: the observed layout of a machine without flash. */
  @Test
  void lockedShadowsOfThePcAreSlotsThatTheGuestCanWrite() {
    BoardSpec spec = BoardSpec.of("pc", "7.2.22", ByteSize.mebibytes(256), List.of(), WITHOUT_SMM);
    Monitor monitor = new Monitor("7.2.22").does(new PowerOn(spec));

    config(monitor, 0x58, 0x1111_1000L);
    config(monitor, 0x5c, 0x1111_1111L);

    assertThat(monitor.state().slots(0).slots())
        .filteredOn(slot -> slot.gpa().value() >= 0xc0000 && slot.gpa().value() < 0x100000)
        .isNotEmpty()
        .allSatisfy(slot -> assertThat(slot.flags().isReadOnly()).isFalse());
    assertThat(monitor.state().slots(0).slots())
        .filteredOn(slot -> slot.gpa().value() == 0xfffc_0000L)
        .singleElement()
        .satisfies(slot -> assertThat(slot.flags().isReadOnly()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1", "2.3", "2.8", "2.12", "4.2", "8.0", "10.2"})
  void everyReleaseEndsWithTheSameMemory(String release) {
    Monitor monitor = q35(release, WITHOUT_SMM, 64);

    assertThat(monitor.state().slots(0).slots())
        .extracting(slot -> slot.gpa() + "+" + slot.size())
        .containsExactlyInAnyOrder(
            "0x0+0xc0000",
            "0xc0000+0x20000",
            "0xe0000+0x20000",
            "0x100000+0x3f00000",
            "0xffc00000+0x84000",
            "0xffc84000+0x37c000");
  }

  @Test
  void firmwareThatCannotBeMappedIsRefusedInQemusWords() {
    assertThat(refusal(WITHOUT_SMM, FlashSpec.NONE, VARIABLES))
        .isEqualTo("pflash1 requires pflash0");
    assertThat(refusal(WITHOUT_SMM, file(0x800, FlashBacking.FILE)))
        .isEqualTo("system firmware block device f.fd has invalid size 2048");
    assertThat(refusal(WITHOUT_SMM, file(0x80_1000, FlashBacking.FILE)))
        .isEqualTo("combined size of system firmware exceeds 8388608 bytes");
    assertThat(refusal(new KvmCapabilities(false, 32, ByteSize.PAGE, false), CODE))
        .isEqualTo("pflash with kvm requires KVM readonly memory support");
  }

  private static String refusal(KvmCapabilities kvm, FlashSpec... flash) {
    BoardSpec spec = BoardSpec.of("q35", "7.2.22", ByteSize.mebibytes(64), List.of(flash), kvm);
    return new Monitor("7.2.22").does(new PowerOn(spec)).events(Refused.class).getFirst().reason();
  }

  private static FlashSpec file(long bytes, FlashBacking backing) {
    return new FlashSpec(backing, new ByteSize(bytes), "f.fd");
  }

  private static Monitor q35(String release, KvmCapabilities kvm, long mebibytes) {
    return machine("q35", release, kvm, mebibytes);
  }

  private static Monitor machine(
      String board, String release, KvmCapabilities kvm, long mebibytes) {
    ByteSize ram = ByteSize.mebibytes(mebibytes);
    BoardSpec spec = BoardSpec.of(board, release, ram, List.of(CODE, VARIABLES), kvm);
    return new Monitor(release).does(new PowerOn(spec));
  }

  /** Writes four bytes of the host bridge's configuration space. */
  private static void config(Monitor monitor, int offset, long value) {
    monitor.does(new DispatchPortWrite(0, 0xcf8, 4, 0x8000_0000L | (offset & ~3)));
    monitor.does(new DispatchPortWrite(0, 0xcfc, 4, value));
  }
}
