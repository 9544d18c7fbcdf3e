package org.pagetrail.kvm.conform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tukaani.xz.XZInputStream;

/**
 * A step of a table as it was recorded whole.
 *
 * @param scenario the scenario's name in the table
 * @param step its position in the sequence
 * @param trace the kernel's trace lines
 * @param whole false if the recording cut the trace
 */
record RecordedStep(String scenario, int step, List<String> trace, boolean whole) {
  private static final int READ_ONLY = 2;
  private static final int LOGGED = 1;

  RecordedStep {
    trace = List.copyOf(trace);
  }

  /** Reads a {@code .jsonl.xz} file. */
  static List<RecordedStep> read(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new XZInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> parse(json, line))
          .filter(node -> node.has("step"))
          .map(RecordedStep::of)
          .toList();
    }
  }

  private static JsonNode parse(ObjectMapper json, String line) {
    try {
      return json.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  private static RecordedStep of(JsonNode node) {
    int flags = node.get("slot_flags").asInt();
    List<String> name = new ArrayList<>();
    name.add(node.get("backing").asText());
    name.add((flags & READ_ONLY) != 0 ? "RO" : "RW");
    if ((flags & LOGGED) != 0) {
      name.add("L");
    }
    name.add(node.get("seq").asText());
    List<String> trace = new ArrayList<>();
    node.get("trace").forEach(line -> trace.add(line.asText()));
    return new RecordedStep(
        String.join(" ", name), node.get("step").asInt(), trace, !node.has("trace_truncated"));
  }
}
