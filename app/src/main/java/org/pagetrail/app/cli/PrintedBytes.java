package org.pagetrail.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** A command's output for what is written as bytes, all of them ASCII. */
public final class PrintedBytes extends OutputStream {
  private final PrintWriter print;

  /** Bytes that go to {@code print}, which is not closed with this. */
  public PrintedBytes(PrintWriter print) {
    this.print = print;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    print.write(new String(bytes, offset, length, StandardCharsets.US_ASCII));
    if (print.checkError()) {
      throw new IOException("nobody reads the output any more, or it cannot be written");
    }
  }
}
