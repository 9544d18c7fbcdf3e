package org.pagetrail.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.qemu.board.HvaAlignment;
import org.pagetrail.qemu.board.ImageCopy;
import org.pagetrail.qemu.flash.BufferAbort;
import org.pagetrail.qemu.flash.BufferedWrite;
import org.pagetrail.qemu.flash.ChipSharing;
import org.pagetrail.qemu.flash.FlashReset;
import org.pagetrail.qemu.flash.FlashRules;
import org.pagetrail.qemu.flash.FlashSizeCheck;
import org.pagetrail.qemu.region.FlatViewSharing;
import org.pagetrail.qemu.slot.DeleteFlags;
import org.pagetrail.qemu.slot.DirtyLogging;
import org.pagetrail.qemu.slot.ListenerTiming;
import org.pagetrail.qemu.slot.ReadOnlyDance;
import org.pagetrail.qemu.slot.SlotAlignment;
import org.pagetrail.qemu.slot.SlotPlacement;

class QemuReleasesTest {

  @ParameterizedTest
  @CsvSource({
    "2.1, STRAIGHT_TO_STORAGE",
    "7.2.0, STRAIGHT_TO_STORAGE",
    "7.2.8, STRAIGHT_TO_STORAGE",
    "7.2.9, WINDOW_OF_THE_COUNT",
    "7.2.22, WINDOW_OF_THE_COUNT",
    "8.0.5, STRAIGHT_TO_STORAGE",
    "8.1.4, STRAIGHT_TO_STORAGE",
    "8.1.5, WINDOW_OF_THE_COUNT",
    "8.2.0, STRAIGHT_TO_STORAGE",
    "8.2.1, WINDOW_OF_THE_COUNT",
    "9.0.0, WINDOW_OF_THE_COUNT",
    "9.0, WINDOW_OF_THE_COUNT",
    "9.0.1, WINDOW_OF_THE_FIRST_WORD",
    "9.1.0, WINDOW_OF_THE_FIRST_WORD",
    "10.2.0, WINDOW_OF_THE_FIRST_WORD"
  })
  void stableBranchesTookTheWriteBufferToo(String release, BufferedWrite variant) {
    assertThat(QemuModel.of(release).flash().bufferedWrite()).isEqualTo(variant);
  }

  @ParameterizedTest
  @CsvSource({
    "2.1, PER_ADDRESS_SPACE, SPLIT_OVERLAPPING, AT_ONCE, HOST_PAGE",
    "2.5.1, PER_ADDRESS_SPACE, SPLIT_OVERLAPPING, AT_ONCE, HOST_PAGE",
    "2.6, PER_ADDRESS_SPACE, SPLIT_OVERLAPPING, AT_ONCE, BLOCK",
    "2.10, PER_ADDRESS_SPACE, SPLIT_OVERLAPPING, AT_ONCE, BLOCK",
    "2.11, PER_ROOT, EXACT_MATCH, AT_ONCE, BLOCK",
    "7.2.22, PER_ROOT, EXACT_MATCH, AT_ONCE, BLOCK",
    "8.0, PER_ROOT, EXACT_MATCH, AT_COMMIT, BLOCK",
    "10.2, PER_ROOT, EXACT_MATCH, AT_COMMIT, BLOCK"
  })
  void aReleaseHasTheRulesOfItsTime(
      String release,
      FlatViewSharing sharing,
      SlotPlacement placement,
      ListenerTiming timing,
      HvaAlignment alignment) {
    QemuModel model = QemuModel.of(release);

    assertThat(model.sharing()).isEqualTo(sharing);
    assertThat(model.slots().placement()).isEqualTo(placement);
    assertThat(model.timing()).isEqualTo(timing);
    assertThat(Objects.requireNonNull(model.boards().get("virt")).hvas()).isEqualTo(alignment);
  }

  @ParameterizedTest
  @CsvSource({
    "2.1, BY_SIZE, BEFORE_EVERY_READ_ONLY_SET, OLD, SWITCH, THROUGH_GUEST_MEMORY",
    "2.2, TO_TARGET_PAGE, BEFORE_EVERY_READ_ONLY_SET, OLD, SWITCH, THROUGH_GUEST_MEMORY",
    "2.4, TO_TARGET_PAGE, BEFORE_EVERY_READ_ONLY_SET, OLD, MASK, THROUGH_GUEST_MEMORY",
    "2.5, TO_HOST_PAGE, BEFORE_EVERY_READ_ONLY_SET, OLD, MASK, THROUGH_GUEST_MEMORY",
    "2.6, TO_HOST_PAGE, BEFORE_EVERY_READ_ONLY_SET, OLD, MASK, INTO_HOST_MEMORY",
    "2.12, TO_HOST_PAGE, BEFORE_EVERY_READ_ONLY_SET, OLD, MASK, INTO_HOST_MEMORY",
    "3.0, TO_HOST_PAGE, ON_CHANGE, NONE, MASK, INTO_HOST_MEMORY"
  })
  void aReleaseMakesSlotsAndCopiesImagesByTheRulesOfItsTime(
      String release,
      SlotAlignment alignment,
      ReadOnlyDance dance,
      DeleteFlags flags,
      DirtyLogging logging,
      ImageCopy copy) {
    QemuModel model = QemuModel.of(release);

    assertThat(model.slots().alignment()).isEqualTo(alignment);
    assertThat(model.slots().dance()).isEqualTo(dance);
    assertThat(model.slots().deleteFlags()).isEqualTo(flags);
    assertThat(model.dirtyLogging()).isEqualTo(logging);
    assertThat(model.imageCopy()).isEqualTo(copy);
  }

  @ParameterizedTest
  @CsvSource({
    "2.1, EXITS, BLOCKS_DIVIDED, NEVER, LARGE_ENOUGH",
    "2.9, EXITS, BLOCK_LENGTH_DIVIDED, NEVER, LARGE_ENOUGH",
    "4.0, RETURNS_TO_ARRAY, BLOCK_LENGTH_DIVIDED, NEVER, EXACT",
    "4.1, RETURNS_TO_ARRAY, BLOCK_LENGTH_DIVIDED, TO_ARRAY, EXACT",
    "9.0, RETURNS_TO_ARRAY, BLOCK_LENGTH_DIVIDED, TO_ARRAY, EXACT_AND_NAMED"
  })
  void aReleaseHasTheFlashOfItsTime(
      String release,
      BufferAbort abort,
      ChipSharing chips,
      FlashReset reset,
      FlashSizeCheck check) {
    FlashRules flash = QemuModel.of(release).flash();

    assertThat(flash.abort()).isEqualTo(abort);
    assertThat(flash.chips()).isEqualTo(chips);
    assertThat(flash.reset()).isEqualTo(reset);
    assertThat(flash.sizeCheck()).isEqualTo(check);
  }

  @Test
  void whatFollowsTheNumbersOfAReleaseIsLeftAside() {
    QemuModel debian = QemuModel.of("7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)");

    assertThat(debian.flash()).isEqualTo(QemuModel.of("7.2.22").flash());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "seven", "7", "2.0.2", "1.7", "99999.1"})
  void whatIsNoReleaseOrTooOldIsRefused(String text) {
    assertThatThrownBy(() -> QemuModel.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
