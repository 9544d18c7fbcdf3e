package org.pagetrail.traceimport;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.CaptureReader;
import org.pagetrail.traceimport.input.InputLines;

/** Given text as an input of a reader. */
public final class TextInput {
  /** What the reader read. */
  public final Capture capture = new Capture();

  /** The input, at its end. */
  public final InputLines lines;

  private TextInput(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    lines = new InputLines(name, new ByteArrayInputStream(bytes), false, 1_000_000);
  }

  /** Lets a reader read lines that all have an end. */
  public static TextInput read(CaptureReader reader, String name, String... lines) {
    TextInput input = new TextInput(name, String.join("\n", lines) + "\n");
    reader.read(input.lines, input.capture);
    return input;
  }
}
