package org.pagetrail.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.Selection;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.Tag;
import org.pagetrail.store.Tags;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.fold.Checkpointer;
import org.pagetrail.store.packed.Unpackable;

/** A trail in one file. */
public final class FileTrailLog implements TrailLog {
  /** How many bytes tell a trail from any other file. */
  public static final int MAGIC_BYTES = FileHead.MAGIC.length;

  private final Path path;
  private final Storage storage;
  private final @Nullable TrailWriter writer;
  private final TrailReader reader;
  private final TrailIndex index;
  private final TrailStates states;

  private @Nullable Checkpointer checkpointer;
  private boolean isWithoutState;

  private FileTrailLog(
      Path path, Storage storage, TrailReader reader, @Nullable TrailWriter writer) {
    this.path = path;
    this.storage = storage;
    this.reader = reader;
    this.index = new TrailIndex(reader);
    this.states = new TrailStates(reader, index);
    this.writer = writer;
  }

  /**
   * Opens a trail to read.
   *
   * @throws StoreException if it is not there, no trail, or damaged
   */
  public static FileTrailLog open(Path path) {
    try {
      Storage storage = new DiskStorage(FileChannel.open(path, StandardOpenOption.READ));
      try {
        return new FileTrailLog(path, storage, new TrailReader(path, storage.view()), null);
      } catch (IOException | RuntimeException e) {
        storage.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileTrouble.unreadable(path, e);
    }
  }

  /**
   * Opens a trail to append; makes an empty one if there is no file. What a writer that died left
   * behind unfinished is cut off.
   *
   * @param run the name of the run, of a new trail
   * @throws StoreException if another process writes it, or it is damaged
   */
  public static FileTrailLog append(Path path, String run) {
    try {
      WriterLock lock = WriterLock.take(path);
      try {
        NewFile.makeIfAbsent(path, run);
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return append(path, new DiskStorage(channel), lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    }
  }

  /** Opens the trail in a storage to append, by the right that {@code lock} gives. */
  static FileTrailLog append(Path path, Storage storage, @Nullable WriterLock lock)
      throws IOException {
    try {
      TrailReader reader = new TrailReader(path, storage.view());
      TrailWriter writer = TrailWriter.after(reader, storage, lock);
      return new FileTrailLog(path, storage, reader, writer);
    } catch (IOException | RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  /** True if a file that begins so is a packed trail. */
  public static boolean isTrail(byte[] beginning) {
    return FileHead.isHead(beginning);
  }

  /** What the file says. */
  public TrailReader reader() {
    refresh();
    return reader;
  }

  /** The entries that have a say in a page. */
  public PageEvents pageEvents() {
    refresh();
    return new PageEvents(reader, index);
  }

  /** The state of pages at any entry. */
  public TrailStates states() {
    refresh();
    return states;
  }

  @Override
  public String run() {
    return reader.run();
  }

  @Override
  public long size() {
    if (writer != null) {
      return writer.size();
    }
    refresh();
    return reader.size();
  }

  /** Takes in what has been appended to the file. */
  private void refresh() {
    try {
      if (storage.size() != reader.file().byteSize() || reader.tornBytes() > 0) {
        reader.extend(storage.view());
      }
    } catch (IOException e) {
      throw FileTrouble.unreadable(path, e);
    }
  }

  @Override
  public void append(List<? extends LogEntry> entries) {
    if (writer == null) {
      throw new IllegalStateException(path + " was opened to read");
    }
    if (entries.isEmpty()) {
      return;
    }
    try {
      if (writer.isSegmentFull()) {
        writer.seal(indexBytes(), checkpoint());
      }
      writer.append(entries);
    } catch (Unpackable e) {
      throw new StoreException(
          path.toString(),
          "trail not written",
          "it is of an older release: " + e.getMessage(),
          "make it anew: pagetrail trail cat " + path + " | pagetrail trail pack - -o FILE",
          e);
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    }
  }

  /** The writer, null if the log was opened to read. */
  @Nullable TrailWriter writer() {
    return writer;
  }

  /** The index of the segment that is being written. */
  private byte[] indexBytes() {
    refresh();
    return index.tail().toBytes();
  }

  /**
   * What writes the checkpoint of the segment; null where the trail does not let a state be told. A
   * segment without a checkpoint costs time, not truth.
   */
  private @Nullable Checkpointer checkpoint() {
    if (isWithoutState) {
      return null;
    }
    try {
      Checkpointer known = checkpointer == null ? states.checkpointer() : checkpointer;
      checkpointer = known;
      states.foldTail(known);
      return known;
    } catch (StoreException e) {
      isWithoutState = true;
      return null;
    }
  }

  @Override
  public Iterator<LogEntry> read(long from) {
    refresh();
    return reader.read(from);
  }

  @Override
  public LogEntry at(long seq) {
    if (seq >= reader.size()) {
      refresh();
    }
    return reader.at(seq);
  }

  @Override
  public PrimitiveIterator.OfLong positions(Selection selection, long from) {
    refresh();
    for (Tag tag : selection.tags()) {
      if (!tag.key().equals(Tags.LAYER)) {
        return LongStream.of(index.candidates(tag, from))
            .filter(seq -> selection.holds(reader.at(seq)))
            .iterator();
      }
    }
    return LongStream.range(from, reader.size())
        .filter(seq -> selection.holds(reader.at(seq)))
        .iterator();
  }

  /** Seals what was appended and lets the next writer in. */
  @Override
  public void close() {
    try {
      if (writer != null) {
        closeWriter(writer);
      }
    } finally {
      if (checkpointer != null) {
        checkpointer.close();
      }
      try {
        storage.close();
      } catch (IOException e) {
        // Everything acknowledged is on disk; nothing depends on this.
      }
    }
  }

  private void closeWriter(TrailWriter writer) {
    try {
      if (writer.mustEnd()) {
        writer.end(indexBytes(), checkpoint());
      }
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    } finally {
      writer.close();
    }
  }
}
