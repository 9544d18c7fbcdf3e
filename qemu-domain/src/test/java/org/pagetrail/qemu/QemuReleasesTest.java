package org.pagetrail.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.qemu.board.HvaAlignment;
import org.pagetrail.qemu.flash.BufferedWrite;
import org.pagetrail.qemu.region.FlatViewSharing;
import org.pagetrail.qemu.slot.ListenerTiming;
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
