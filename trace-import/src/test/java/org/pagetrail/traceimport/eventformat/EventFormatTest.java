package org.pagetrail.traceimport.eventformat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Print formats as the kernel writes them, on an event of known fields. */
class EventFormatTest {
  private static final String FIELDS =
      """
      name: test
      ID: 77
      format:
      \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
      \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

      \tfield:u64 big;\toffset:8;\tsize:8;\tsigned:0;
      \tfield:s64 minus;\toffset:16;\tsize:8;\tsigned:1;
      \tfield:int small;\toffset:24;\tsize:4;\tsigned:1;
      \tfield:u8 raw[4];\toffset:28;\tsize:4;\tsigned:0;
      \tfield:char comm[8];\toffset:32;\tsize:8;\tsigned:0;
      \tfield:__data_loc char[] msg;\toffset:40;\tsize:4;\tsigned:0;
      \tfield:__rel_loc char[] rel;\toffset:44;\tsize:4;\tsigned:0;

      print fmt: \
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        "\"%d %u\", REC->small, REC->small^-3 4294967293",
        "\"%lld\", REC->minus^-2",
        "\"%llx %#llx\", REC->big, REC->big^8000000000000001 0x8000000000000001",
        "\"%x\", REC->big^1",
        "\"%#016lx\", REC->big >> 60^0x00000000000008",
        "\"%-4d|%4d\", 7, 7^7   |   7",
        "\"%s\", REC->small < 0 ? \"nega\" \"tive\" : \"positive\"^negative",
        "\"%s\", __print_symbolic(REC->raw[1], { 1, \"one\" }, { 1 << 1, \"two\" })^two",
        "\"%s\", __print_symbolic(REC->small, { SOME_NAME, \"one\" })^0xfffffffffffffffd",
        "\"%s\", __print_flags(REC->raw[2] & 0xf, \"|\", { 1, \"A\" }, { 2, \"B\" }, { 4, \"C\" })"
            + "^A|B",
        "\"%s\", __print_flags(0xc, \"|\", { (((1UL)) << (2)), \"C\" })^C|0x8",
        "\"[%s]\", __print_hex(REC->raw, 2)^[01 02]",
        "\"%s: %s %s\", REC->comm, __get_str(msg), __get_rel_str(rel)^vcpu0: hello there",
        "\"%d\", __get_dynamic_array_len(msg)^6",
        "\"%u\", (u8)REC->minus^254",
        "\"%d\", (int)(REC->big & ~0xff) + !0 * 3 % 2^1",
        "\"100%% %c\", 'x'^100% x",
        "\"%ps\", (void *)REC->big^0x8000000000000001",
        "\"%p\", (unsigned long)REC->raw[3]^0x4",
        "\"%*d %.3s\", 3, 5, REC->comm^  5 vcp"
      })
  void anArgumentIsPrintedAsTheKernelPrintsIt(String format, String text) {
    assertThat(text(format)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '^',
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      value = {
        "\"%s\", ({ int x = 1; x; })",
        "\"%d\", REC->none",
        "\"%d %d\", 1",
        "\"%d\", 1, 2",
        "\"%d\", some_function(1)",
        "\"%d",
        "\"%d\", 1 +",
        "`\"%s\", __print_symbolic(REC->big, { 99999999999999999999, \"x\" })`"
      })
  void aFormatThatIsNoExpressionLeavesTheFieldsByTheirNames(String format) {
    assertThat(text(format))
        .startsWith("big=0x8000000000000001 minus=0xfffffffffffffffe small=0xfffffffffffffffd")
        .endsWith("comm=vcpu0 msg=hello rel=there");
  }

  @Test
  void bracketsWithoutAnEndAreNoFormat() {
    assertThat(text("\"%d\", " + "(".repeat(100_000))).startsWith("big=");
    assertThat(text("\"%d\", " + "!".repeat(100_000))).startsWith("big=");
    assertThat(text("\"%d\", " + "1 ? ".repeat(100_000))).startsWith("big=");
  }

  @Test
  void whatAFormatSaysBeyondTheEventIsNothing() {
    EventFormat format =
        Objects.requireNonNull(EventFormat.parse(FIELDS + "\"%llx %s\", REC->big, __get_str(msg)"));

    assertThat(format.text(new EventData(event(), 0, 9))).isEqualTo("0 ");
  }

  @Test
  void theLengthOfATextIsBounded() {
    String format = "\"" + "%256d".repeat(1000) + "\"" + ", 1".repeat(1000);

    assertThat(text(format)).hasSize(4096);
  }

  private static String text(String print) {
    EventFormat format = Objects.requireNonNull(EventFormat.parse(FIELDS + print + "\n"));
    ByteBuffer event = event();
    return format.text(new EventData(event, 0, event.limit()));
  }

  private static ByteBuffer event() {
    ByteBuffer event = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    event.putShort(0, (short) 77).putInt(4, 1).putLong(8, 0x8000000000000001L);
    event.putLong(16, -2).putInt(24, -3);
    event.put(28, new byte[] {1, 2, 3, 4});
    event.put(32, "vcpu0".getBytes(StandardCharsets.US_ASCII));
    event.putInt(40, 6 << 16 | 48).putInt(44, 6 << 16 | 8);
    event.put(48, "hello\0".getBytes(StandardCharsets.US_ASCII));
    event.put(56, "there\0".getBytes(StandardCharsets.US_ASCII));
    return event;
  }
}
