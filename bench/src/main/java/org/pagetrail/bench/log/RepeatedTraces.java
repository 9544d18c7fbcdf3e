package org.pagetrail.bench.log;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagetrail.traceimport.input.CaptureFile;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;

/**
 * The text that recorded runs left, one run after the other, again and again: each copy later, and
 * on pages, frames and memslots of its own. The kernel's trace and QEMU's log are kept apart, as
 * recorded.
 */
public final class RepeatedTraces {
  private static final long BYTES_APART = 1L << 33;
  private static final int PAGE_SHIFT = 12;
  private static final int SLOTS_APART = 32;

  /** Copies after which the numbers of memslots begin anew: they have 16 bits. */
  private static final int SLOT_COPIES = 2000;

  private static final long LIMIT = 1L << 40;
  private static final Pattern TIME = Pattern.compile("(?<=[ @])\\d{1,10}\\.\\d{6}(?=:)");

  private static final Pattern OFFSET =
      Pattern.compile("\"offset_rt_minus_mono\":(?<seconds>-?\\d{1,10})\\.(?<micros>\\d{6})");

  /** What is moved, by the word before it: addresses and sizes in bytes, pages, frames, slots. */
  private static final Pattern MOVED =
      Pattern.compile(
          "(?<=[ (])(?<name>ipa|gpa|ua|phys|gfn|pfn|slot|addr|range:|hva:|--|Slot)(?<sign>[= #])"
              + "(?<value>0x[0-9a-f]{1,16}|\\d{1,5})");

  private final List<Path> folders;

  /** Repeats these captures, each with a trace.txt.xz and a qemu.log.xz. */
  public RepeatedTraces(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /**
   * Writes a kernel trace and a log, both with the times of the trace's clock.
   *
   * @param bytes how long the trace is at least
   * @return how many lines both have
   */
  public long write(Path trace, Path log, long bytes) throws IOException {
    List<List<String>> traces = read("trace.txt.xz");
    List<List<String>> logs = read("qemu.log.xz");
    long micros = 10_000_000;
    long written = 0;
    long lines = 0;
    try (BufferedWriter toTrace = Files.newBufferedWriter(trace);
        BufferedWriter toLog = Files.newBufferedWriter(log)) {
      toTrace.write("# tracer: nop\n#\n");
      for (int copy = 0; written < bytes; copy++) {
        int of = copy % folders.size();
        long offset = offsetMicros(folders.get(of).resolve("clock.jsonl"));
        long first =
            Math.min(micros(traces.get(of).getFirst()), micros(logs.get(of).getFirst()) - offset);
        long last =
            Math.max(micros(traces.get(of).getLast()), micros(logs.get(of).getLast()) - offset);
        for (String line : traces.get(of)) {
          String moved = moved(line, copy, micros - first);
          toTrace.write(moved);
          toTrace.write('\n');
          written += moved.length() + 1;
        }
        for (String line : logs.get(of)) {
          toLog.write(moved(line, copy, micros - first - offset));
          toLog.write('\n');
        }
        lines += traces.get(of).size() + logs.get(of).size();
        micros += last - first + 1_000_000;
      }
    }
    return lines;
  }

  private List<List<String>> read(String name) throws IOException {
    List<List<String>> all = new ArrayList<>();
    for (Path folder : folders) {
      List<String> kept = new ArrayList<>();
      try (InputLines lines =
          new CaptureFile(name, folder.resolve(name), LIMIT).open(Long.MAX_VALUE)) {
        for (Line line = lines.next(); line != null; line = lines.next()) {
          if (TIME.matcher(" " + line.text()).find()) {
            kept.add(line.text());
          }
        }
      }
      all.add(kept);
    }
    return all;
  }

  /** The realtime clock minus the clock of the trace, as the last sample has it. */
  private static long offsetMicros(Path samples) throws IOException {
    long offset = 0;
    Matcher sample = OFFSET.matcher(Files.readString(samples));
    while (sample.find()) {
      long micros = Long.parseLong(sample.group("micros"));
      String seconds = sample.group("seconds");
      offset = Long.parseLong(seconds) * 1_000_000 + (seconds.startsWith("-") ? -micros : micros);
    }
    return offset;
  }

  private static long micros(String line) {
    Matcher time = TIME.matcher(line);
    if (!time.find()) {
      throw new IllegalArgumentException("a line without a time: " + line);
    }
    return Long.parseLong(time.group().replace(".", ""));
  }

  private static String moved(String line, int copy, long micros) {
    long then = micros(line) + micros;
    String time =
        String.format(Locale.ROOT, "%d.%06d", then / 1_000_000, Math.floorMod(then, 1_000_000));
    String timed = TIME.matcher(line).replaceFirst(time);
    return MOVED
        .matcher(timed)
        .replaceAll(found -> found.group("name") + found.group("sign") + moved(found, copy));
  }

  private static String moved(MatchResult found, int copy) {
    String value = found.group("value");
    long bytes = copy * BYTES_APART;
    String name = found.group("name");
    if (name.equals("slot") || name.equals("Slot")) {
      return String.valueOf(Integer.parseInt(value) + copy % SLOT_COPIES * SLOTS_APART);
    }
    long apart =
        switch (name) {
          case "gfn" -> bytes >>> PAGE_SHIFT;
          case "phys" -> bytes << 3;
          case "pfn" -> bytes << 3 >>> PAGE_SHIFT;
          default -> bytes;
        };
    String digits = value.substring(2);
    String hex = Long.toHexString(Long.parseUnsignedLong(digits, 16) + apart);
    return "0x" + "0".repeat(Math.max(0, digits.length() - hex.length())) + hex;
  }
}
