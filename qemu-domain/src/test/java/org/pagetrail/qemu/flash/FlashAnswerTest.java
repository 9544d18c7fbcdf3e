package org.pagetrail.qemu.flash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.memory.ByteSize;

class FlashAnswerTest {

  @ParameterizedTest
  @ValueSource(ints = {0x10, 0x20, 0x40, 0x60, 0x70, 0xe8})
  void statusIsRepeatedForEveryChip(int command) {
    Chip chip = Chip.virt().command(command);

    assertThat(chip.read(0x1234 & ~3, 4)).isEqualTo(0x80_0080);
    assertThat(chip.read(0, 2)).isEqualTo(0x80);
    assertThat(chip.read(1, 1)).isEqualTo(0x80);
    assertThat(chip.noteOfRead(0, 4)).isEqualTo("status:0x800080");
  }

  @Test
  void withoutADeviceWidthStatusIsRepeatedOnceInWideReads() {
    Chip chip = Chip.pc().write(0, 1, 0x70);

    assertThat(chip.read(0, 1)).isEqualTo(0x80);
    assertThat(chip.read(0, 2)).isEqualTo(0x80);
    assertThat(chip.read(0, 4)).isEqualTo(0x80_0080);
  }

  @ParameterizedTest
  @CsvSource({
    "0x0, 0x890089, read manufacturer ID: 0x0089",
    "0x4, 0x180018, read device ID: 0x0018",
    "0x8, 0x0, read device information offset:0x0008",
    "0x40008, 0x0, read device information offset:0x40008",
    "0x400, 0x890089, read manufacturer ID: 0x0089",
    "0x1, 0x890089, read manufacturer ID: 0x0089"
  })
  void identitiesAreRepeatedForEveryChip(String offset, String value, String note) {
    Chip chip = Chip.virt().command(0x90);

    assertThat(chip.read(Long.decode(offset), 4)).isEqualTo(Long.decode(value));
    assertThat(chip.noteOfRead(Long.decode(offset), 4)).isEqualTo(note);
  }

  @Test
  void aNarrowReadIsComputedInFull() {
    assertThat(Chip.virt().command(0x90).read(0, 1)).isEqualTo(0x89_0089);
  }

  @Test
  void withoutADeviceWidthIdentitiesAreJoined() {
    FlashGeometry named =
        new FlashGeometry(new ByteSize(0x1000), new ByteSize(0x1000), 4, 0, 0x12, 0x34);
    NorFlash flash =
        NorFlash.plugged("f", named, false, false, FlashContent.zeros(), Chip.RULES_7_2_22);
    NorFlash inIdMode = FlashWrite.write(Chip.RULES_7_2_22, flash, 0, 1, 0x90).flash();

    assertThat(FlashAnswer.read(Chip.RULES_7_2_22, inIdMode, 0x100, 4).value()).isEqualTo(0x1234);
    assertThat(FlashAnswer.read(Chip.RULES_7_2_22, inIdMode, 0x104, 4).value()).isZero();
    assertThat(FlashAnswer.read(Chip.RULES_7_2_22, inIdMode, 0x108, 4).value()).isZero();
  }

  @Test
  void theCfiTableOfVirtIsTheObservedOne() {
    assertThat(table(Chip.virt().command(0x98), 4))
        .containsExactly(
            "10 51", "11 52", "12 59", "13 01", "15 31", "1b 45", "1c 55", "1f 07", "20 07",
            "21 0a", "23 04", "24 04", "25 04", "27 19", "28 02", "2a 0b", "2c 01", "2d ff",
            "30 02", "31 50", "32 52", "33 49", "34 31", "35 30", "3f 01");
  }

  @Test
  void untilTwoEightTheBlocksAreDividedInstead() {
    FlashRules old =
        new FlashRules(
            BufferedWrite.STRAIGHT_TO_STORAGE,
            BufferAbort.EXITS,
            ChipSharing.BLOCKS_DIVIDED,
            FlashReset.NEVER,
            FlashSizeCheck.EXACT);

    assertThat(table(Chip.virt(old).command(0x98), 4))
        .contains("2d 7f", "30 04", "27 19")
        .doesNotContain("30 02");
  }

  @Test
  void theCfiTableOfThePcIsReadByteByByte() {
    assertThat(table(Chip.pc().write(0, 1, 0x98), 1)).contains("10 51", "2a 08", "2d 83", "2f 10");
  }

  @Test
  void queryAnswersAreRepeatedForEveryChip() {
    assertThat(Chip.virt().command(0x98).read(0x10 * 4, 4)).isEqualTo(0x51_0051);
  }

  @Test
  void arrayDataIsReadOutsideRomdModeToo() {
    Chip chip = Chip.virt().command(0x40).write(0x20, 4, 0x1234_5678).command(0xff);

    assertThat(chip.read(0x20, 4)).isEqualTo(0x1234_5678);
    assertThat(chip.read(0x21, 2)).isEqualTo(0x3456);
    assertThat(chip.noteOfRead(0x20, 4)).isEqualTo("data offset:0x0020 size:4 value:0x12345678");
  }

  @Test
  void bytesOfAFileAreUnknownUntilTheyAreProgrammed() {
    NorFlash flash =
        NorFlash.plugged("f", Chip.VIRT, false, false, FlashContent.unknown(), Chip.RULES_7_2_22);
    NorFlash programmed = flash.with(flash.content().withWord(0x1002, 2, 0xabcd));

    assertThat(FlashAnswer.read(Chip.RULES_7_2_22, programmed, 0x1002, 2).known()).isTrue();
    assertThat(FlashAnswer.read(Chip.RULES_7_2_22, programmed, 0x1000, 4).known()).isFalse();
    assertThat(FlashAnswer.read(Chip.RULES_7_2_22, programmed, 0x1000, 4).value())
        .isEqualTo(0xabcd_0000L);
  }

  /** The entries that are not 0. */
  private static List<String> table(Chip chip, int stride) {
    List<String> entries = new ArrayList<>();
    for (int index = 0; index < 0x60; index++) {
      long value = chip.read((long) index * stride, 1) & 0xff;
      if (value != 0) {
        entries.add(String.format(Locale.ROOT, "%02x %02x", index, value));
      }
    }
    return entries;
  }
}
