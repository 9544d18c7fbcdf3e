package org.pagetrail.traceimport.simple;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The text of a record is what printf makes of its arguments. */
class RecordFormatTest {
  private static final long SEED = 20160922;

  @Test
  void anIntIsPrintedByItsLowHalfHoweverItWasWidened() {
    assertThat(text("%d %u %x", -1L, -1L, -1L)).isEqualTo("-1 4294967295 ffffffff");
    assertThat(text("%d", 0xffff_ffffL)).isEqualTo("-1");
    assertThat(text("%ld %lx %hhu %hx", -1L, -1L, -1L, -1L))
        .isEqualTo("-1 ffffffffffffffff 255 ffff");
  }

  @Test
  void zeroHasNoPrefixInTheAlternateForm() {
    assertThat(text("%#x %#lx", 0L, 16L)).isEqualTo("0 0x10");
  }

  @Test
  void aNullPointerIsPrintedAsTheCLibraryDoes() {
    assertThat(text("%p %p", 0L, 0xffff_8000_0000_0000L)).isEqualTo("(nil) 0xffff800000000000");
  }

  @Test
  void aWidthMayBeAnArgument() {
    assertThat(text("0x%0*x|%*d|%%", 4L, 0x90L, 3L, -5L)).isEqualTo("0x0090| -5|%");
  }

  @Test
  void argumentsMustBeExactlyThoseOfTheFormat() {
    RecordFormat one = RecordFormat.of("a %d");

    assertThat(one.text(record(1L))).isEqualTo("a 1");
    assertThat(one.text(record())).isNull();
    assertThat(one.text(record(1L, 2L))).isNull();
    assertThat(RecordFormat.of("%s").text(record(-1L))).isNull();
  }

  @Test
  void conversionsSayWhichArgumentsAreStrings() {
    assertThat(RecordFormat.of("%s %0*x %% %.*s %p").strings())
        .containsExactly(true, false, false, false, true, false);
  }

  @Test
  void numbersArePaddedAsJavasFormatterPadsThem() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> formats = List.of("%d", "%5d", "%05d", "%x", "%08x", "%#x", "%#012x", "%X", "%o");
    for (int round = 0; round < 2_000; round++) {
      String format = formats.get(random.nextInt(formats.size()));
      int value = random.nextInt() >> random.nextInt(32);
      if (value == 0) {
        continue;
      }
      assertThat(text(format, (long) value))
          .as("seed %d, round %d, %s of %d", SEED, round, format, value)
          .isEqualTo(String.format(Locale.ROOT, format, value));
    }
  }

  private static String text(String format, long... numbers) {
    return String.valueOf(RecordFormat.of(format).text(record(numbers)));
  }

  private static ByteBuffer record(long... numbers) {
    ByteBuffer record =
        ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long number : numbers) {
      record.putLong(number);
    }
    return record.flip();
  }
}
