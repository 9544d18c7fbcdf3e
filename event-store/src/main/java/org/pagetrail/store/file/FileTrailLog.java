package org.pagetrail.store.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
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

/** A trail in one file. */
public final class FileTrailLog implements TrailLog {
  /** How many bytes tell a trail from any other file. */
  public static final int MAGIC_BYTES = FileHead.MAGIC.length;

  private final Path path;
  private final FileChannel channel;
  private final @Nullable TrailWriter writer;
  private final TrailReader reader;
  private final TrailIndex index;

  private FileTrailLog(
      Path path, FileChannel channel, TrailReader reader, @Nullable TrailWriter writer) {
    this.path = path;
    this.channel = channel;
    this.reader = reader;
    this.index = new TrailIndex(reader);
    this.writer = writer;
  }

  /**
   * Opens a trail to read.
   *
   * @throws StoreException if it is not there, no trail, or damaged
   */
  public static FileTrailLog open(Path path) {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        TrailReader reader = new TrailReader(path, map(channel));
        return new FileTrailLog(path, channel, reader, null);
      } catch (IOException | RuntimeException e) {
        channel.close();
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
        TrailReader reader = new TrailReader(path, map(channel));
        TrailWriter writer = TrailWriter.after(reader, new DiskStorage(channel), lock);
        return new FileTrailLog(path, channel, reader, writer);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    }
  }

  /** True if a file that begins so is a packed trail. */
  public static boolean isTrail(byte[] beginning) {
    return FileHead.isHead(beginning);
  }

  private static MemorySegment map(FileChannel channel) throws IOException {
    return channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
  }

  /** What the file says. */
  public TrailReader reader() {
    return reader;
  }

  @Override
  public String run() {
    return reader.run();
  }

  @Override
  public long size() {
    if (writer == null) {
      refresh();
    }
    return reader.size();
  }

  /** Takes in what has been appended to the file. */
  private void refresh() {
    try {
      if (channel.size() != reader.file().byteSize()) {
        reader.extend(map(channel));
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
      writer.append(entries);
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    } finally {
      refresh();
    }
    if (writer.isSegmentFull()) {
      seal(writer);
    }
  }

  private void seal(TrailWriter writer) {
    try {
      writer.seal(index.tail().toBytes());
    } catch (IOException e) {
      throw FileTrouble.unwritable(path, e);
    } finally {
      refresh();
    }
  }

  @Override
  public Iterator<LogEntry> read(long from) {
    size();
    return reader.read(from);
  }

  @Override
  public LogEntry at(long seq) {
    return reader.at(seq);
  }

  @Override
  public PrimitiveIterator.OfLong positions(Selection selection, long from) {
    size();
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
      try {
        channel.close();
      } catch (IOException e) {
        // Everything acknowledged is on disk; nothing depends on this.
      }
    }
  }

  private void closeWriter(TrailWriter writer) {
    try {
      if (writer.hasUnsealed()) {
        seal(writer);
      }
    } finally {
      writer.close();
    }
  }
}
