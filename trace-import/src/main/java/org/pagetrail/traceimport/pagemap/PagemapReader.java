package org.pagetrail.traceimport.pagemap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.PageRun;
import org.pagetrail.traceimport.capture.Snapshot;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.JsonLines;
import org.pagetrail.traceimport.input.Line;

/** Reads runs of pages that have the same flags, one JSON object a run, by memslot. */
public final class PagemapReader implements CaptureReader {
  private static final String SLOT_PREFIX = "gpa_";

  @Override
  public String format() {
    return "pagemap";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return JsonLines.anyHas(head, "range", "off", "pages", "first_pfn");
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    Snapshot snapshot = Snapshot.of(lines.name());
    for (Line line = lines.next(); line != null; line = lines.next()) {
      JsonNode object = JsonLines.object(line.text());
      if (object == null) {
        lines.notUnderstood(line, "not a JSON object");
        continue;
      }
      try {
        PageRun run = run(lines, line, object, snapshot);
        if (run != null) {
          capture.pageRuns().add(run);
        }
      } catch (IllegalArgumentException | ArithmeticException e) {
        lines.notUnderstood(line, "no run of pages");
      }
    }
  }

  private static @Nullable PageRun run(
      InputLines lines, Line line, JsonNode object, Snapshot snapshot) {
    if (object.has("summary")) {
      // Counts of the runs above, which we count ourselves.
      return null;
    }
    String range = object.path("range").asText();
    if (!range.startsWith(SLOT_PREFIX)) {
      throw new IllegalArgumentException("no slot");
    }
    boolean present = JsonLines.count(object, "present") != 0;
    long first = JsonLines.hex(object, "first_pfn");
    String frames = object.path("pfns").asText();
    String flags = object.path("flags").asText();
    return new PageRun(
        lines.source(line),
        snapshot,
        Gpa.parse(range.substring(SLOT_PREFIX.length())),
        JsonLines.hex(object, "off"),
        JsonLines.count(object, "pages"),
        present,
        JsonLines.count(object, "swap") != 0,
        JsonLines.count(object, "file_or_shm") != 0,
        JsonLines.count(object, "excl") != 0,
        present && first != 0 ? new Pfn(first) : null,
        frames.equals("contiguous") || frames.equals("single"),
        flags.isEmpty() ? List.of() : List.of(flags.split("\\|")));
  }
}
