package org.pagetrail.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.StoreException;

/**
 * A process that writes a trail: appends an entry for each byte on its standard input, and says how
 * many there are; or says why it may not.
 */
final class OtherWriter {
  private OtherWriter() {}

  /** Writes the trail at the path that is the argument. */
  public static void main(String[] arguments) throws IOException {
    try (FileTrailLog log = FileTrailLog.append(Path.of(arguments[0]), "other")) {
      System.out.println(log.size());
      while (System.in.read() >= 0) {
        log.append(entries(log.size(), 1));
        System.out.println(log.size());
      }
    } catch (StoreException e) {
      System.out.println(e.getMessage());
    }
  }

  static List<LogEntry> entries(long first, int count) {
    return new AnyEntries(3).list(first, count);
  }
}
