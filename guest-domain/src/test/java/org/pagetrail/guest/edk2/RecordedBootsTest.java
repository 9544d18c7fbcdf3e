package org.pagetrail.guest.edk2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.guest.GuestRule;
import org.pagetrail.guest.GuestRules;
import org.pagetrail.guest.edk2.variable.UnknownContent;
import org.pagetrail.guest.recorded.FlashOperation;
import org.pagetrail.guest.recorded.RecordedBoot;

/** The firmware's boot from power-on against what QEMU logged, with nothing taken from the log. */
class RecordedBootsTest {
  private static final FirmwareProgram DEBIAN =
      new FirmwareProgram(FirmwareBuilds.DEBIAN_2022_11, UnknownContent.EMPTY);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stock-6.1-bios64-thpnever",
        "debian-6.1-bios64-thpnever",
        "debian-6.1-bios64-thpalways",
        "debian-6.1-pflash2-thpalways",
        "bug2014-6.1-pflash2-thpnever"
      })
  void aBootWithAnEmptyStoreDoesTheRecordedFlashOperationsInOrder(String boot) {
    assertThat(FakeMachine.healthy().run(DEBIAN).operations())
        .isEqualTo(RecordedBoot.operations(boot))
        .hasSize(8421 + 552);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bug2014-6.1-bios64-thpnever", "bug2014-6.1-pflashcode-thpnever"})
  void aBootThatLosesItsWritesReachesTheDeviceOnlyWithTheWritesToItsOwnFlash(String boot) {
    assertThat(FakeMachine.losingWrites().run(DEBIAN).operations())
        .isEqualTo(RecordedBoot.operations(boot))
        .hasSize(2);
  }

  /**
   * How much of the boot follows from less knowledge of the firmware: none of its variables; those
   * whose value any edk2 firmware gives them; all but the last, which says how much memory was
   * used.
   */
  @ParameterizedTest
  @CsvSource({"0, 418", "4, 1352", "18, 8171"})
  void withFewerVariablesKnownTheBootIsPredictedUpToTheFirstUnknownOne(
      int variables, int operations) {
    FirmwareBuild all = FirmwareBuilds.DEBIAN_2022_11;
    FirmwareBuild fewer =
        new FirmwareBuild(
            "fewer", all.volume(), all.early(), all.variables().subList(0, variables));
    List<FlashOperation> predicted =
        FakeMachine.healthy().run(new FirmwareProgram(fewer, UnknownContent.EMPTY)).operations();

    assertThat(RecordedBoot.operations("stock-6.1-bios64-thpnever"))
        .startsWith(predicted.toArray(FlashOperation[]::new));
    assertThat(predicted).hasSize(operations);
  }

  @Test
  void everyDecisionOfABootCitesARuleOfTheBook() {
    List<String> book = GuestRules.all().stream().map(GuestRule::id).toList();

    assertThat(FakeMachine.healthy().run(DEBIAN).decisions())
        .allSatisfy(decision -> assertThat(book).contains(decision.rule().rule()));
  }
}
