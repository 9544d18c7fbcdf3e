package org.pagetrail.qemu.flash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.qemu.flash.FlashEffect.Erase;
import org.pagetrail.qemu.flash.FlashEffect.Program;

class FlashWriteTest {

  @ParameterizedTest
  @CsvSource({
    "00, 0/0/80 romd, ''",
    "f0, 0/0/80 romd, probe for AMD flash",
    "ff, 0/0/80 romd, read array mode",
    "10, 1/10/80 io, single byte program (0)",
    "40, 1/40/80 io, single byte program (0)",
    "20, 1/20/80 io, ''",
    "50, 0/0/0 romd, clear status bits",
    "60, 1/60/80 io, block unlock",
    "70, 0/70/80 io, read status register",
    "90, 0/90/80 io, read device information",
    "98, 1/98/80 io, CFI query",
    "e8, 1/e8/80 io, write to buffer",
    "28, 0/0/80 romd, ''",
    "80, 0/0/80 romd, ''",
    "b0, 0/0/80 romd, ''",
    "c0, 0/0/80 romd, ''",
    "d0, 0/0/80 romd, ''",
    "84, 0/0/80 romd, ''"
  })
  void aFirstWriteIsACommand(String command, String state, String note) {
    Chip chip = Chip.virt().command(Integer.parseInt(command, 16));

    assertThat(chip.state()).isEqualTo(state);
    assertThat(String.join("", chip.notes())).isEqualTo(note);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0xf0, 0xff, 0x50, 0x84})
  void aCommandThatEndsInArrayModeLeavesItFirst(int command) {
    assertThat(Chip.virt().command(command).toggles()).containsExactly(false, true);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x10, 0x40, 0x20, 0x60, 0x70, 0x90, 0x98, 0xe8})
  void aCommandThatStaysLeavesArrayModeOnce(int command) {
    assertThat(Chip.virt().command(command).toggles()).containsExactly(false);
  }

  @ParameterizedTest
  @CsvSource({
    "20, d0, 0/20/80 io",
    "20, ff, 0/0/80 romd",
    "20, 12, 0/0/80 romd",
    "60, d0, 0/60/80 io",
    "60, 01, 0/60/80 io",
    "60, ff, 0/0/80 romd",
    "60, 2f, 0/0/80 romd",
    "98, ff, 0/0/80 romd",
    "98, 70, 1/98/80 io",
    "10, ff, 0/10/80 io",
    "40, 00, 0/40/80 io",
    "e8, 1f, 2/e8/80 io"
  })
  void aSecondWriteDependsOnTheCommand(String command, String second, String state) {
    Chip chip = Chip.virt().command(Integer.parseInt(command, 16));

    chip.command(Integer.parseInt(second, 16));

    assertThat(chip.state()).isEqualTo(state);
  }

  @Test
  void theCommandIsTheLowByteAtAnyOffsetAndWidth() {
    assertThat(Chip.virt().write(0x3_0001, 1, 0x90).state()).isEqualTo("0/90/80 io");
    assertThat(Chip.virt().write(0x3_0002, 2, 0x1290).state()).isEqualTo("0/90/80 io");
    assertThat(Chip.virt().write(0x3_0000, 4, 0xffff_ff90L).state()).isEqualTo("0/90/80 io");
  }

  @Test
  void erasureHappensAtTheSetUpInTheBlockOfItsOffset() {
    Chip chip = Chip.virt().write(0x4_1234, 4, 0x20_0020);

    assertThat(chip.effects()).contains(new Erase(0x4_0000, 0x4_0000, true));
    assertThat(chip.stored(0x4_0000, 4)).isEqualTo(0xffff_ffffL);
    assertThat(chip.stored(0x7_fffc, 4)).isEqualTo(0xffff_ffffL);
    assertThat(chip.stored(0x3_fffc, 4)).isZero();
    assertThat(chip.stored(0x8_0000, 4)).isZero();
  }

  @Test
  void programmingOverwritesAlsoFromZeroToOne() {
    Chip chip = Chip.virt().command(0x40).write(0x100, 4, 0x1234_5678);
    assertThat(chip.effects()).contains(new Program(0x100, 4, 0x1234_5678, false));

    chip.command(0x10).write(0x100, 4, 0xffff_0000L);

    assertThat(chip.stored(0x100, 4)).isEqualTo(0xffff_0000L);
  }

  @Test
  void clearingTheStatusClearsTheReadyBitToo() {
    Chip chip = Chip.virt().command(0x50).command(0x70);

    assertThat(chip.read(0, 4)).isZero();
  }

  @Test
  void aReadOnlyBackingRefusesErasureAndProgramming() {
    Chip chip = Chip.readOnly();

    chip.command(0x20).command(0xd0);
    assertThat(chip.state()).isEqualTo("0/20/a0 io");
    assertThat(chip.flash().content()).isEqualTo(FlashContent.unknown());

    chip.command(0x50).command(0x40).write(0, 4, 0);
    assertThat(chip.state()).isEqualTo("0/40/90 io");
    assertThat(chip.flash().content()).isEqualTo(FlashContent.unknown());
  }

  @Test
  void resetReturnsToArrayModeAndLeavesTheStorage() {
    Chip chip = Chip.virt().command(0x20).reset();

    assertThat(chip.flash().cycle()).isZero();
    assertThat(chip.flash().command()).isZero();
    assertThat(chip.flash().status()).isEqualTo(0x80);
    assertThat(chip.stored(0, 4)).isEqualTo(0xffff_ffffL);
  }

  @Test
  void untilFourZeroTheStatusIsZeroAtPowerOn() {
    FlashRules old =
        new FlashRules(
            BufferedWrite.STRAIGHT_TO_STORAGE,
            BufferAbort.RETURNS_TO_ARRAY,
            ChipSharing.BLOCK_LENGTH_DIVIDED,
            FlashReset.NEVER,
            FlashSizeCheck.EXACT);

    assertThat(Chip.virt(old).command(0x70).read(0, 4)).isZero();
    assertThat(Chip.virt().command(0x70).read(0, 4)).isEqualTo(0x80_0080);
  }
}
