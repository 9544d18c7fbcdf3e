package org.pagetrail.traceimport.tracedat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/** Puts a file of trace-cmd together, for what no machine at hand records. */
public final class TraceDatFile {
  /** The size of a page of the ring buffer. */
  public static final int PAGE_BYTES = 4096;

  private static final int NOTE = 301;

  private static final String PAGE_HEADER =
      """
      \tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;
      \tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;
      \tfield: char data;\toffset:16;\tsize:4080;\tsigned:1;
      """;

  private final List<String> formats = new ArrayList<>();
  private final List<byte[]> cpus = new ArrayList<>();
  private String clock = "mono";

  /** Small files of both versions with all that a ring buffer may have. */
  public static List<byte[]> examples() {
    byte[] note = {60, 0, 0, 0, 7, 0, 0, 0, 3, 0, 0, 0};
    byte[] text = {61, 0, 0, 0, 7, 0, 0, 0, 12, 0, 4, 0, 'a', 'b', 'c', 0};
    byte[] first =
        page(
            1000,
            event(1, note),
            words(29, 7, 4),
            words(30, 5, 1),
            event(2, text),
            words(31, 6, 9));
    byte[] second = page(2000, 3L << 30, new byte[] {9, 0, 0, 0, 0, 0, 0, 0}, event(1, text));
    TraceDatFile file =
        new TraceDatFile()
            .format(
                "kvm_a",
                60,
                "\tfield:int n;\toffset:8;\tsize:4;\tsigned:1;\n",
                "\"%s %-4d\", __print_symbolic(REC->n & 3, {1, \"x\"}), (u8)REC->n")
            .format(
                "kvm_b",
                61,
                "\tfield:__data_loc char[] t;\toffset:8;\tsize:4;\tsigned:0;\n",
                "\"%s\", __get_str(t)")
            .cpu(first, second);
    return List.of(file.seven("none"), file.seven("zlib"), file.seven("zstd"), file.six());
  }

  /** Adds the format of an event of system kvm. */
  public TraceDatFile format(String name, int id, String fields, String print) {
    formats.add(
        "name: %s\nID: %d\nformat:\n\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n"
                .formatted(name, id)
            + "\tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;\n"
            + fields
            + "\nprint fmt: "
            + print
            + "\n");
    return this;
  }

  /** Adds the format of {@link #note}. */
  public TraceDatFile notes() {
    return format(
        "kvm_note",
        NOTE,
        "\tfield:int number;\toffset:8;\tsize:4;\tsigned:1;\n",
        "\"number %d\", REC->number");
  }

  /** An event of thread 7 with nothing but a number. */
  public static byte[] note(int delta, int number) {
    return event(
        delta,
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(NOTE)
            .putInt(7)
            .putInt(number)
            .array());
  }

  /** Adds a processor with these pages. */
  public TraceDatFile cpu(byte[]... pages) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(pages).forEach(all::writeBytes);
    cpus.add(all.toByteArray());
    return this;
  }

  /** The clock of the buffer. */
  public TraceDatFile clock(String name) {
    clock = name;
    return this;
  }

  /** A page of events. */
  public static byte[] page(long time, byte[]... events) {
    return page(time, 0, new byte[0], events);
  }

  /** A page with flags in its count of bytes, and something after its events. */
  public static byte[] page(long time, long flags, byte[] after, byte[]... events) {
    ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    page.position(16);
    Arrays.stream(events).forEach(page::put);
    page.putLong(0, time).putLong(8, (page.position() - 16) | flags);
    return page.put(after).array();
  }

  /** An event with its head. */
  public static byte[] event(int delta, byte[] data) {
    int words = (data.length + 3) / 4;
    byte[] event = new byte[4 + 4 * words];
    ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN).putInt(delta << 5 | words).put(data);
    return event;
  }

  /** A head and the word after it, such as that of a time. */
  public static byte[] words(int type, int delta, int word) {
    return bytes(8).putInt(delta << 5 | type).putInt(word).array();
  }

  /** The file in version 6. */
  public byte[] six() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("\u0017\u0008Dtracing6\0\0\u0008".getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(bytes(4).putInt(PAGE_BYTES).array());
    out.writeBytes(headers());
    out.writeBytes(new byte[4]);
    out.writeBytes(systems());
    out.writeBytes(new byte[4 + 4 + 8]);
    out.writeBytes(bytes(4).putInt(cpus.size()).array());
    out.writeBytes("options  \0".getBytes(StandardCharsets.US_ASCII));
    option(out, 4, ("local [" + clock + "]\0").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(new byte[2]);
    out.writeBytes("flyrecord\0".getBytes(StandardCharsets.US_ASCII));
    long offset = out.size() + 16L * cpus.size();
    for (byte[] cpu : cpus) {
      out.writeBytes(bytes(16).putLong(offset).putLong(cpu.length).array());
      offset += cpu.length;
    }
    cpus.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static byte[] headers() {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes("header_page\0".getBytes(StandardCharsets.US_ASCII));
    head.writeBytes(text(PAGE_HEADER));
    head.writeBytes("header_event\0".getBytes(StandardCharsets.US_ASCII));
    head.writeBytes(text(""));
    return head.toByteArray();
  }

  private byte[] systems() {
    ByteArrayOutputStream events = new ByteArrayOutputStream();
    events.writeBytes(bytes(4).putInt(1).array());
    events.writeBytes("kvm\0".getBytes(StandardCharsets.US_ASCII));
    events.writeBytes(bytes(4).putInt(formats.size()).array());
    formats.forEach(format -> events.writeBytes(text(format)));
    return events.toByteArray();
  }

  /**
   * The file in version 7 as trace-cmd writes it: what the events mean, then the data, then where
   * the data are.
   */
  public byte[] recorded(String compression) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    final int pointer = begin(out, compression);
    ByteArrayOutputStream meaning = new ByteArrayOutputStream();
    option(meaning, 16, bytes(8).putLong(section(out, 16, compression, headers())).array());
    option(meaning, 18, bytes(8).putLong(section(out, 18, compression, systems())).array());
    final int next = out.size() + 16 + meaning.size() + 6;
    option(meaning, 0, new byte[8]);
    final long first = section(out, 0, "none", meaning.toByteArray());
    byte[] buffer = data(out, compression);
    ByteArrayOutputStream places = new ByteArrayOutputStream();
    option(places, 3, buffer);
    option(places, 0, new byte[8]);
    final long last = section(out, 0, "none", places.toByteArray());
    return ByteBuffer.wrap(out.toByteArray())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(pointer, first)
        .putLong(next, last)
        .array();
  }

  /** Writes the head; gives where the place of the first options belongs. */
  private static int begin(ByteArrayOutputStream out, String compression) {
    out.writeBytes("\u0017\u0008Dtracing7\0\0\u0008".getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(bytes(4).putInt(PAGE_BYTES).array());
    out.writeBytes((compression + "\0" + "1.0\0").getBytes(StandardCharsets.US_ASCII));
    int pointer = out.size();
    out.writeBytes(new byte[8]);
    return pointer;
  }

  /** Writes the data of all processors; gives the option that places them. */
  private byte[] data(ByteArrayOutputStream out, String compression) {
    boolean packed = !compression.equals("none");
    long data = out.size();
    out.writeBytes(bytes(16).putShort((short) 3).putShort((short) (packed ? 1 : 0)).array());
    ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    buffer.writeBytes(bytes(8).putLong(data).array());
    buffer.writeBytes(("\0" + clock + "\0").getBytes(StandardCharsets.US_ASCII));
    buffer.writeBytes(bytes(8).putInt(PAGE_BYTES).putInt(cpus.size()).array());
    for (int cpu = 0; cpu < cpus.size(); cpu++) {
      out.writeBytes(new byte[(-out.size() & (PAGE_BYTES - 1))]);
      byte[] content = packed ? chunks(compression, cpus.get(cpu)) : cpus.get(cpu);
      buffer.writeBytes(bytes(20).putInt(cpu).putLong(out.size()).putLong(content.length).array());
      out.writeBytes(content);
    }
    return buffer.toByteArray();
  }

  /** The file in version 7, with all options at its end. */
  public byte[] seven(String compression) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    final int pointer = begin(out, compression);
    final long headers = section(out, 16, compression, headers());
    final long described = section(out, 18, compression, systems());
    final byte[] buffer = data(out, compression);
    ByteArrayOutputStream options = new ByteArrayOutputStream();
    option(options, 16, bytes(8).putLong(headers).array());
    option(options, 18, bytes(8).putLong(described).array());
    option(options, 3, buffer);
    option(options, 14, bytes(16).putInt(3).putInt(1).putLong(100).array());
    option(options, 0, new byte[8]);
    long first = section(out, 0, "none", options.toByteArray());
    return ByteBuffer.wrap(out.toByteArray())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(pointer, first)
        .array();
  }

  private static long section(ByteArrayOutputStream out, int id, String compression, byte[] plain) {
    final long offset = out.size();
    boolean packed = !compression.equals("none");
    byte[] content = packed ? packed(compression, plain) : plain;
    out.writeBytes(
        bytes(16)
            .putShort((short) id)
            .putShort((short) (packed ? 1 : 0))
            .putInt(0)
            .putLong(content.length)
            .array());
    out.writeBytes(content);
    return offset;
  }

  private static byte[] chunks(String compression, byte[] pages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(bytes(4).putInt(pages.length / PAGE_BYTES).array());
    for (int at = 0; at < pages.length; at += PAGE_BYTES) {
      out.writeBytes(packed(compression, Arrays.copyOfRange(pages, at, at + PAGE_BYTES)));
    }
    return out.toByteArray();
  }

  private static byte[] packed(String compression, byte[] plain) {
    byte[] content;
    if (compression.equals("zstd")) {
      content = Zstd.compress(plain);
    } else {
      Deflater deflater = new Deflater();
      deflater.setInput(plain);
      deflater.finish();
      byte[] room = new byte[plain.length + 100];
      content = Arrays.copyOf(room, deflater.deflate(room));
      System.arraycopy(room, 0, content, 0, content.length);
      deflater.end();
    }
    return bytes(8 + content.length)
        .putInt(content.length)
        .putInt(plain.length)
        .put(content)
        .array();
  }

  private static void option(ByteArrayOutputStream out, int id, byte[] data) {
    out.writeBytes(bytes(6).putShort((short) id).putInt(data.length).array());
    out.writeBytes(data);
  }

  private static byte[] text(String text) {
    byte[] content = text.getBytes(StandardCharsets.US_ASCII);
    return bytes(8 + content.length).putLong(content.length).put(content).array();
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
