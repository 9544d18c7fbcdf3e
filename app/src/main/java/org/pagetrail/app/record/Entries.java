package org.pagetrail.app.record;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of the kernel that has eight bytes for each page, read a window at a time. */
final class Entries implements Closeable {
  private static final int WINDOW_ENTRIES = 8192;

  private final FileChannel file;
  private final ByteBuffer window =
      ByteBuffer.allocate(WINDOW_ENTRIES * Long.BYTES).order(ByteOrder.nativeOrder());
  private long first;
  private int count;

  private Entries(FileChannel file) {
    this.file = file;
  }

  static Entries open(Path file) throws IOException {
    return new Entries(FileChannel.open(file, StandardOpenOption.READ));
  }

  /**
   * The entry of a page.
   *
   * @param ahead how many of the pages that follow will be asked for next
   * @return 0 for a page that the file has no entry of
   */
  long of(long page, long ahead) throws IOException {
    if (page < first || page - first >= count) {
      long wanted = Math.min(Math.max(ahead, 0) + 1, WINDOW_ENTRIES);
      window.clear().limit(Math.toIntExact(wanted) * Long.BYTES);
      int bytes = 0;
      try {
        bytes = file.read(window, Math.multiplyExact(page, (long) Long.BYTES));
      } catch (IllegalArgumentException | ArithmeticException e) {
        // The last pages of the address space have no place in a file.
      }
      first = page;
      count = Math.max(bytes, 0) / Long.BYTES;
    }
    return page - first < count ? window.getLong((int) (page - first) * Long.BYTES) : 0;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
