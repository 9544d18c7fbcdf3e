package org.pagetrail.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.QemuEvent.FlatViewBuilt;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.QemuEvent.Refused;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.qemu.QemuCommand.PowerOn;
import org.pagetrail.qemu.board.BoardSpec;
import org.pagetrail.qemu.board.FlashSpec;
import org.pagetrail.qemu.board.KvmCapabilities;

class VirtBoardTest {

  @ParameterizedTest
  @ValueSource(strings = {"2.6", "2.11", "3.1", "4.0"})
  void untilFourZeroRamTakesTheFirstSlot(String release) {
    List<String> slots = Monitor.virt(release).slots();

    assertThat(slots)
        .endsWith("#2 0x2 0x4000000+0x4000000")
        .contains("#0 0x0 0x40000000+0x10000000", "#1 0x2 0x0+0x4000000");
  }

  @Test
  void inFourteenEveryReadOnlySlotIsDeletedBeforeItIsCreated() {
    assertThat(Monitor.virt("2.2").slots())
        .containsExactly(
            "#0 0x0 0x40000000+0x10000000",
            "#1 0x2 0x0+0x0",
            "#1 0x2 0x0+0x4000000",
            "#2 0x2 0x4000000+0x0",
            "#2 0x2 0x4000000+0x4000000");
  }

  @Test
  void fromFourOneOnFlashTakesTheFirstSlots() {
    assertThat(Monitor.virt("4.1").slots())
        .containsExactly(
            "#0 0x2 0x0+0x4000000", "#1 0x2 0x4000000+0x4000000", "#2 0x0 0x40000000+0x10000000");
  }

  @Test
  void fromFiveTwoOnThePageOfStolenTimeFollows() {
    assertThat(Monitor.virt("5.2").slots()).last().isEqualTo("#3 0x0 0x90a0000+0x1000");
  }

  @Test
  void thePageOfStolenTimeGrowsWithTheVcpusToWholePagesOfTheHost() {
    BoardSpec one = Monitor.virtSpec("7.2", List.of());
    BoardSpec many =
        new BoardSpec(
            one.board(), one.qemu(), one.ram(), "", false, 65, one.flash(), one.kvm(), one.hvas());

    assertThat(new Monitor("7.2").does(new PowerOn(many)).slots())
        .last()
        .isEqualTo("#3 0x0 0x90a0000+0x2000");
  }

  @Test
  void everyCommitOfABuildRendersThePortsAgain() {
    Monitor monitor = Monitor.virt("7.2.22");

    List<FlatViewBuilt> built = monitor.events(FlatViewBuilt.class);
    assertThat(built.getFirst().root()).isEqualTo("(nil)");
    assertThat(built).filteredOn(view -> view.root().equals("io")).hasSize(60);
    assertThat(built).filteredOn(view -> view.root().equals("virt.flash0")).hasSize(1);
  }

  @Test
  void inFourteenAnImageOfSixtyFourMebibytesMisalignsTheFlashThatFollows() {
    assertThat(flash1("2.2", ByteSize.mebibytes(64)).isAlignedTo(2 << 20)).isFalse();
    assertThat(flash1("2.2", ByteSize.mebibytes(2)).isAlignedTo(2 << 20)).isTrue();
    assertThat(flash1("2.6", ByteSize.mebibytes(64)).isAlignedTo(2 << 20)).isTrue();
  }

  @Test
  void blocksAreMappedDownwardsWithTheirAlignmentInExcess() {
    List<RamBlockAllocated> blocks =
        Monitor.virt("7.2.22").events(RamBlockAllocated.class).subList(0, 3);

    assertThat(blocks)
        .extracting(RamBlockAllocated::name)
        .containsExactly("mach-virt.ram", "virt.flash0", "virt.flash1");
    long ram = blocks.getFirst().hva().value();
    assertThat(ram - blocks.get(1).hva().value()).isEqualTo(0x420_0000L);
    assertThat(blocks.get(1).hva().value() - blocks.get(2).hva().value()).isEqualTo(0x420_0000L);
  }

  @Test
  void onlyAFileFillsItsFlashAtTheStart() {
    FlashSpec file = new FlashSpec(FlashBacking.FILE, ByteSize.mebibytes(64), "vars.fd");
    Monitor monitor =
        new Monitor("7.2.22")
            .does(new PowerOn(Monitor.virtSpec("7.2.22", List.of(FlashSpec.NONE, file))));

    assertThat(monitor.events(RamBlockAllocated.class))
        .extracting(RamBlockAllocated::filePath)
        .startsWith(null, null, "vars.fd");
  }

  @Test
  void anImageThatDoesNotFitIsRefusedInQemusWords() {
    FlashSpec large = new FlashSpec(FlashBacking.BIOS_IMAGE, ByteSize.mebibytes(65), "big.fd");
    Monitor monitor =
        new Monitor("7.2.22").does(new PowerOn(Monitor.virtSpec("7.2.22", List.of(large))));

    assertThat(monitor.events())
        .containsExactly(new Refused("PowerOn", "Could not load ROM image 'big.fd'"));
  }

  @ParameterizedTest
  @CsvSource({
    "3.1, 2, failed to read the initial flash content",
    "4.0, 2, 'device requires 67108864 bytes, block backend provides 2097152 bytes'",
    "8.2, 65, 'device requires 67108864 bytes, block backend provides 68157440 bytes'"
  })
  void aFileOfAnotherSizeIsRefusedInTheWordsOfTheRelease(
      String release, long mebibytes, String reason) {
    Monitor monitor = withFile(release, mebibytes);

    assertThat(monitor.events()).containsExactly(new Refused("PowerOn", reason));
  }

  @Test
  void fromNineZeroOnTheMessageNamesBothSides() {
    assertThat(withFile("9.0", 2).events())
        .containsExactly(
            new Refused(
                "PowerOn",
                "cfi.pflash01 device '/machine/virt.flash0' requires 67108864 bytes, pflash0"
                    + " block backend provides 2097152 bytes"));
  }

  @Test
  void untilThreeOneALongerFileIsTaken() {
    assertThat(withFile("3.1", 65).events(Refused.class))
        .noneMatch(r -> r.reason().contains("read"));
  }

  private static Monitor withFile(String release, long mebibytes) {
    FlashSpec file = new FlashSpec(FlashBacking.FILE, ByteSize.mebibytes(mebibytes), "code.fd");
    return new Monitor(release).does(new PowerOn(Monitor.virtSpec(release, List.of(file))));
  }

  @Test
  void aBoardThatTheModelDoesNotHaveIsNamed() {
    BoardSpec spec = BoardSpec.of("microvm", "7.2.22", Monitor.RAM, List.of(), KvmCapabilities.X86);

    assertThat(new Monitor("7.2.22").does(new PowerOn(spec)).events(Refused.class))
        .singleElement()
        .satisfies(
            refused -> assertThat(refused.reason()).startsWith("the model has no board microvm"));
  }

  private static Hva flash1(String release, ByteSize image) {
    FlashSpec bios = new FlashSpec(FlashBacking.BIOS_IMAGE, image, "efi.fd");
    Monitor monitor =
        new Monitor(release).does(new PowerOn(Monitor.virtSpec(release, List.of(bios))));
    return Objects.requireNonNull(monitor.state().blocks().get("virt.flash1")).hva();
  }
}
