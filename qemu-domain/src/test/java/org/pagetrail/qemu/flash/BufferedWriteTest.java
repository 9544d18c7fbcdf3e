package org.pagetrail.qemu.flash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagetrail.qemu.flash.FlashEffect.Exit;
import org.pagetrail.qemu.flash.FlashEffect.Store;

/** The three ways in which releases handle a buffered program. */
class BufferedWriteTest {
  private static final int WINDOW = 4096;

  @ParameterizedTest
  @EnumSource(BufferedWrite.class)
  void twoWordsArriveAfterTheConfirmation(BufferedWrite variant) {
    Chip chip = Chip.virt(Chip.rules(variant));

    chip.command(0xe8).command(1).write(0x10, 4, 0x1111).write(0x14, 4, 0x2222);
    assertThat(chip.state()).isEqualTo("3/e8/80 io");
    assertThat(chip.notes()).contains("block write finished");
    chip.command(0xd0);

    assertThat(chip.state()).isEqualTo("0/e8/80 io");
    assertThat(chip.stored(0x10, 8)).isEqualTo(0x2222_0000_1111L);
  }

  @Test
  void straightWordsAreStoredBeforeTheConfirmation() {
    Chip chip = Chip.virt(Chip.rules(BufferedWrite.STRAIGHT_TO_STORAGE));

    chip.command(0xe8).command(1);
    assertThat(chip.notes()).containsExactly("block write: bytes:0x1");
    chip.write(0x10, 4, 0x1111);

    assertThat(chip.stored(0x10, 4)).isEqualTo(0x1111);
  }

  @Test
  void bufferedWordsAreNot() {
    Chip chip = Chip.virt();

    chip.command(0xe8).command(1);
    assertThat(chip.notes()).containsExactly("block write start: bytes:0x1");
    chip.write(0x10, 4, 0x1111).write(0x14, 4, 0x2222);
    assertThat(chip.stored(0x10, 8)).isZero();

    chip.command(0xd0);
    assertThat(chip.notes()).containsExactly("block write flush");
    assertThat(chip.effects()).contains(new Store(0, WINDOW));
  }

  @Test
  void theWindowOfTheCountRefusesWordsElsewhere() {
    Chip chip = Chip.virt().write(0x4_0000, 4, 0xe8).write(0, 4, 0);

    chip.write(0x4_0000, 4, 0x1234);
    assertThat(chip.state()).isEqualTo("3/e8/90 io");
    chip.command(0xd0);

    assertThat(chip.notes()).containsExactly("block write abort");
    assertThat(chip.state()).isEqualTo("0/0/90 romd");
    assertThat(chip.stored(0x4_0000, 4)).isZero();
  }

  @Test
  void theWindowOfTheFirstWordLiesWhereTheWordsGo() {
    Chip chip = Chip.virt(Chip.rules(BufferedWrite.WINDOW_OF_THE_FIRST_WORD));

    chip.write(0x4_0000, 4, 0xe8).write(0, 4, 1);
    assertThat(chip.notes()).isEmpty();
    chip.write(0x4_0000, 4, 0x1234);
    assertThat(chip.notes()).containsExactly("block write start: bytes:0x1");
    chip.write(0x4_0004, 4, 0x5678).command(0xd0);

    assertThat(chip.effects()).contains(new Store(0x4_0000, WINDOW));
    assertThat(chip.stored(0x4_0000, 8)).isEqualTo(0x5678_0000_1234L);
  }

  @Test
  void theWindowOfTheFirstWordIsNotOpenedForOneWord() {
    Chip chip = Chip.virt(Chip.rules(BufferedWrite.WINDOW_OF_THE_FIRST_WORD));

    chip.command(0xe8).command(0).write(0, 4, 0x1234);
    assertThat(chip.state()).isEqualTo("3/e8/90 io");
    chip.command(0xd0);

    assertThat(chip.state()).isEqualTo("0/0/90 romd");
    assertThat(chip.stored(0, 4)).isZero();
  }

  @Test
  void theWindowOfTheCountTakesOneWord() {
    Chip chip = Chip.virt().command(0xe8).command(0).write(0, 4, 0x1234).command(0xd0);

    assertThat(chip.state()).isEqualTo("0/e8/80 io");
    assertThat(chip.stored(0, 4)).isEqualTo(0x1234);
  }

  @ParameterizedTest
  @EnumSource(value = BufferedWrite.class, names = "STRAIGHT.*", mode = EnumSource.Mode.MATCH_NONE)
  void anAbortDiscardsTheBuffer(BufferedWrite variant) {
    Chip chip = Chip.virt(Chip.rules(variant));

    chip.command(0xe8).command(1).write(0, 4, 1).write(4, 4, 2).command(0xff);

    assertThat(chip.notes()).containsExactly("block write abort");
    assertThat(chip.state()).isEqualTo("0/0/80 romd");
    assertThat(chip.stored(0, 8)).isZero();
  }

  @Test
  void anAbortLeavesWordsThatWentStraightToTheStorage() {
    Chip chip = Chip.virt(Chip.rules(BufferedWrite.STRAIGHT_TO_STORAGE));

    chip.command(0xe8).command(0).write(0, 4, 0x1234).command(0xff);

    assertThat(chip.state()).isEqualTo("0/0/80 romd");
    assertThat(chip.stored(0, 4)).isEqualTo(0x1234);
  }

  @Test
  void untilThreeOneAnAbortEndsQemu() {
    FlashRules old =
        new FlashRules(
            BufferedWrite.STRAIGHT_TO_STORAGE,
            BufferAbort.EXITS,
            ChipSharing.BLOCKS_DIVIDED,
            FlashReset.NEVER,
            FlashSizeCheck.EXACT);
    Chip chip = Chip.virt(old).command(0xe8).command(0).write(0, 4, 1).command(0xff);

    assertThat(chip.effects()).hasExactlyElementsOfTypes(Exit.class);
  }

  @Test
  void theCountIsCutToOneChipsWidth() {
    Chip chip = Chip.virt().command(0xe8).write(0, 4, 0x0003_0002);
    assertThat(chip.notes()).containsExactly("block write start: bytes:0x2");

    Chip pc = Chip.pc().write(0, 1, 0xe8).write(0, 1, 0x1ff);
    assertThat(pc.notes()).containsExactly("block write start: bytes:0xff");
  }

  @Test
  void aReadOnlyBackingRefusesTheWholeBuffer() {
    Chip chip = Chip.readOnly().command(0xe8).command(0).write(0, 4, 1);
    assertThat(chip.state()).isEqualTo("3/e8/90 io");

    chip.command(0xd0);

    assertThat(chip.state()).isEqualTo("0/0/90 romd");
  }

  @Test
  void theWindowOfABankIsThatOfAllItsChips() {
    List<Long> windows =
        List.of(
            ChipSharing.BLOCK_LENGTH_DIVIDED.windowBytes(Chip.VIRT),
            ChipSharing.BLOCKS_DIVIDED.windowBytes(Chip.VIRT),
            ChipSharing.BLOCK_LENGTH_DIVIDED.windowBytes(Chip.PC));

    assertThat(windows).containsExactly(4096L, 2048L, 256L);
  }
}
