package org.pagetrail.traceimport.zeropage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.Word;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.capture.ContentCheck;
import org.pagetrail.traceimport.input.InputLines;
import org.pagetrail.traceimport.input.JsonLines;
import org.pagetrail.traceimport.input.Line;

/** Reads looks at the zero page by a process that has nothing to do with the guest. */
public final class ZeroPageReader implements CaptureReader {
  private static final String CHECK = "zero_check";

  /** How many bytes the recorder wiped when the run was over; it has no time and is no look. */
  private static final String REPAIR = "zero_repair";

  private static final String FRAME = "pfn_of_untouched_anon";
  private static final String COUNT = "nonzero_words_seen_by_this_process";
  private static final int WORD_BYTES = 4;

  @Override
  public String format() {
    return "zero-page-checks";
  }

  @Override
  public boolean recognises(String name, List<String> head) {
    return JsonLines.anyHas(head, CHECK, FRAME);
  }

  @Override
  public void read(InputLines lines, Capture capture) {
    for (Line line = lines.next(); line != null; line = lines.next()) {
      if (line.text().isBlank()) {
        continue;
      }
      JsonNode object = JsonLines.object(line.text());
      if (object != null && object.has(REPAIR)) {
        lines.notUsed(line, "the page wiped after the run");
        continue;
      }
      if (object == null || !object.has(CHECK)) {
        lines.notUnderstood(line, object == null ? "not a JSON object" : firstField(object));
        continue;
      }
      try {
        capture.contentChecks().add(check(lines, line, object));
      } catch (IllegalArgumentException | ArithmeticException e) {
        lines.notUnderstood(line, "no look at a page");
      }
    }
  }

  private static ContentCheck check(InputLines lines, Line line, JsonNode object) {
    List<Word> words = new ArrayList<>();
    for (Map.Entry<String, JsonNode> word : object.path("words").properties()) {
      long offset = Hex.parse(word.getKey());
      if (offset < 0 || offset > PageSize.BASE_BYTES - WORD_BYTES) {
        throw new IllegalArgumentException("no offset in a page");
      }
      words.add(new Word((int) offset, WORD_BYTES, Hex.parse(word.getValue().asText())));
    }
    words.sort(Comparator.comparingInt(Word::offset));
    return new ContentCheck(
        lines.source(line),
        time(object),
        new Pfn(JsonLines.hex(object, FRAME)),
        JsonLines.count(object, COUNT) == words.size(),
        words);
  }

  private static @Nullable Long time(JsonNode object) {
    return object.has("mono") ? JsonLines.nanos(object, "mono") : null;
  }

  private static String firstField(JsonNode object) {
    return object.isEmpty() ? "empty object" : object.fieldNames().next();
  }
}
