package org.pagetrail.traceimport.pagetables;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.Snapshot;
import org.pagetrail.traceimport.capture.Stage2Row;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.Line;

/**
 * Reads {@code stage2_page_tables} of a guest's folder in debugfs, as arm64 kernels built with
 * CONFIG_PTDUMP_STAGE2_DEBUGFS print it since 6.12: a range, its size, the level, and the bits of
 * its entries by name. It has neither frames nor memory types. The tables of the kernel and of
 * processes in the same form say nothing about the guest.
 */
public final class PageTablesReader implements CaptureReader {
  private static final String GUEST = "---[ Guest IPA ]---";
  private static final String NOT_VALID = "F";
  private static final Pattern MARKER = Pattern.compile("---\\[ .{0,80} \\]---|\\s*");

  /** The columns are: F for an entry that is not valid, R, W, what may execute, AF, BLK. */
  private static final Pattern ROW =
      Pattern.compile(
          "0x(?<start>[0-9a-f]{16})-0x(?<end>[0-9a-f]{16})\\s+\\d{1,20}[KMGTPE]\\s\\s?(?<level>\\w{1,4})"
              + "(?<bits>.*)");

  @Override
  public String format() {
    return "page-tables";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return head.stream()
        .limit(2)
        .anyMatch(line -> line.startsWith("---[ ") && line.endsWith(" ]---"));
  }

  @Override
  public boolean isMissed() {
    return false;
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    Snapshot snapshot = Snapshot.of(lines.name());
    boolean ofGuest = false;
    for (Line line = lines.next(); line != null; line = lines.next()) {
      Matcher row = ROW.matcher(line.text());
      if (MARKER.matcher(line.text()).matches()) {
        ofGuest = line.text().equals(GUEST);
      } else if (!line.ended() || !row.matches()) {
        lines.notUnderstood(line, line.ended() ? "text" : "last line, which is cut");
      } else if (!ofGuest) {
        lines.notUsed(line, "page tables of the host");
      } else {
        add(lines, line, row, snapshot, capture);
      }
    }
  }

  private static void add(
      InputLines lines, Line line, Matcher row, Snapshot snapshot, Capture capture) {
    List<String> bits = List.of(row.group("bits").strip().split("\\s+", -1));
    if (bits.contains("") || bits.contains(NOT_VALID)) {
      lines.notUsed(line, "ranges without valid entries");
      return;
    }
    try {
      capture
          .stage2Rows()
          .add(
              new Stage2Row(
                  lines.source(line),
                  snapshot,
                  GpaRange.between(Gpa.parse(row.group("start")), Gpa.parse(row.group("end"))),
                  perms(bits)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      lines.notUnderstood(line, "range that ends before it begins");
    }
  }

  /** Without FEAT_XNX one bit decides, which older dumps print as NX or x. */
  private static Perms perms(List<String> bits) {
    boolean never = bits.contains("NX") || bits.contains("PXNUXN");
    return new Perms(bits.contains("R"), bits.contains("W"), !never);
  }
}
