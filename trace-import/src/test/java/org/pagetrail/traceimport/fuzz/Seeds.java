package org.pagetrail.traceimport.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.pagetrail.traceimport.Samples;
import org.pagetrail.traceimport.simple.SimpleTrace;
import org.pagetrail.traceimport.tracedat.TraceDatFile;

/** Inputs of each reader from which a fuzzer begins: a few lines or records each. */
public final class Seeds {
  private static final int LINES = 6;
  private static final int BYTES_MAX = 40_000;

  private Seeds() {}

  /** The inputs for a reader. */
  public static List<byte[]> of(String reader) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    switch (reader) {
      case "page_dump" -> {
        seeds.add(entries(0, 1L << 63 | 7, 1L << 63 | 8, 1L << 62, 1L << 61 | 1L << 63 | 9));
        seeds.add(entries(0, 1 << 20, 1 << 12, 1L << 32 | 1 << 24));
      }
      case "page_tables" ->
          seeds.add(
              """
              ---[ Guest IPA ]---
              0x0000000000000000-0x0000000040000000           1G 1
              0x0000000040000000-0x0000000040200000           2M 2   R W px ux  AF BLK
              0x0000000040200000-0x0000000040201000           4K 3   R   PXNUXN AF
              """
                  .getBytes(StandardCharsets.US_ASCII));
      case "simple" -> {
        seeds.add(SimpleTrace.ofAFlashWrite().bytes());
        seeds.add(SimpleTrace.version(3).bytes());
      }
      case "simple_numbered" -> {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(SimpleTrace.declarations().getBytes(StandardCharsets.US_ASCII));
        both.writeBytes(ReaderFuzz.RECORDS.getBytes(StandardCharsets.US_ASCII));
        both.writeBytes(SimpleTrace.numberedFlashWrite().bytes());
        seeds.add(both.toByteArray());
      }
      case "trace_events" ->
          seeds.add(SimpleTrace.declarations().getBytes(StandardCharsets.US_ASCII));
      case "trace_dat" -> seeds.addAll(TraceDatFile.examples());
      default -> {
        seeds.add(Forms.of(reader).getBytes(StandardCharsets.UTF_8));
        for (String file : files(reader)) {
          seeds.addAll(pieces(content(file)));
        }
      }
    }
    return seeds;
  }

  private static List<String> files(String reader) {
    return switch (reader) {
      case "clock" -> List.of("boot:clock.jsonl");
      case "ftrace" ->
          List.of("boot:trace.txt.xz", "trace.txt", "perf-pid.txt", "trace_pipe-lost.txt");
      case "maps" -> List.of("boot:smaps.before.xz");
      case "monitor" -> List.of("boot:hmp.log.xz");
      case "pagemap" -> List.of("boot:pagemap.before.jsonl");
      case "probes" -> List.of();
      case "qemu_log" -> List.of("boot:qemu.log.xz");
      case "run" ->
          List.of(
              "boot:cmdline.txt",
              "boot:outcome.txt",
              "boot:thp.txt",
              "boot:trace.stats",
              "boot:slot-ranges.txt",
              "boot:summary.json");
      case "strace" -> List.of("strace-ttt.txt", "strace-tt.txt");
      case "zero_page" -> List.of("boot:zeropage.jsonl");
      default -> throw new IllegalArgumentException(reader + " has no seeds");
    };
  }

  private static List<byte[]> pieces(byte[] content) {
    List<byte[]> pieces = new ArrayList<>();
    List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
    for (int from = 0; from < lines.size(); from += LINES) {
      String piece = String.join("\n", lines.subList(from, Math.min(lines.size(), from + LINES)));
      pieces.add((piece + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return pieces;
  }

  private static byte[] entries(long... entries) {
    ByteBuffer bytes =
        ByteBuffer.allocate(entries.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(entries).forEach(bytes::putLong);
    return bytes.array();
  }

  private static byte[] content(String name) throws IOException {
    return Samples.start(name, BYTES_MAX);
  }

  /** Inputs that once broke a reader, or that a fuzzer found to reach much of it. */
  static List<byte[]> found(String reader) throws IOException {
    Path folder = Path.of("src", "test", "resources", "fuzz", reader);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<byte[]> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        found.add(Files.readAllBytes(file));
      }
    }
    return found;
  }
}
