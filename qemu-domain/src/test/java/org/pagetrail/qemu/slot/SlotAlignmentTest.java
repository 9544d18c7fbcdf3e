package org.pagetrail.qemu.slot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.qemu.region.Wide;

/** What is left of a section that does not consist of whole pages. */
class SlotAlignmentTest {

  @ParameterizedTest(name = "{0} {1}+{2} on pages of {3}")
  @CsvSource({
    "BY_SIZE, 0x1000, 0x2000, 0x1000, 0x1000+0x2000",
    "BY_SIZE, 0x1800, 0x1800, 0x1000, 0x2000+0x1000",
    "BY_SIZE, 0x1000, 0x1800, 0x1000, nothing",
    "BY_SIZE, 0x1800, 0x2000, 0x1000, nothing",
    "BY_SIZE, 0x1800, 0x800, 0x1000, nothing",
    "BY_SIZE, 0x1c00, 0x400, 0x1000, nothing",
    "TO_TARGET_PAGE, 0x1800, 0x2000, 0x10000, 0x2000+0x1000",
    "TO_TARGET_PAGE, 0x1000, 0x1800, 0x10000, 0x1000+0x1000",
    "TO_TARGET_PAGE, 0x1800, 0x400, 0x1000, nothing",
    "TO_TARGET_PAGE, 0x1800, 0x800, 0x1000, nothing",
    "TO_HOST_PAGE, 0x18000, 0x20000, 0x10000, 0x20000+0x10000",
    "TO_HOST_PAGE, 0x10000, 0x1f000, 0x10000, 0x10000+0x10000",
    "TO_HOST_PAGE, 0x11000, 0xe000, 0x10000, nothing"
  })
  void wholePagesOfASectionAreMapped(
      SlotAlignment rule, String start, String size, String page, String left) {
    SlotAlignment.Aligned aligned =
        rule.align(wide(start), wide(size), new ByteSize(Long.decode(page)));

    assertThat(aligned == null ? "nothing" : text(aligned)).isEqualTo(left);
    if (aligned != null) {
      assertThat(aligned.delta()).isEqualTo(aligned.gpa() - Long.decode(start));
    }
  }

  private static Wide wide(String text) {
    return Wide.ofUnsigned(Long.decode(text));
  }

  private static String text(SlotAlignment.Aligned aligned) {
    return "0x" + Long.toHexString(aligned.gpa()) + "+0x" + Long.toHexString(aligned.bytes());
  }
}
