package org.pagetrail.store.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * A disk in memory that keeps what was forced and may lose, tear or reorder everything else when
 * the power goes. Sectors of 512 bytes are written whole or not at all.
 */
final class UnsafeDisk implements Storage {
  static final int SECTOR = 512;

  /** Is called at every step of the program, and may end it there. */
  interface Watcher {
    void at(UnsafeDisk disk, String step) throws IOException;
  }

  /** The program was killed. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A piece of a write that reaches the disk at once, or a cut. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Change(int offset, byte[] bytes, boolean isCut) {}

  private byte[] forced;
  private byte[] seen;
  private final List<Change> pending = new ArrayList<>();
  private final Watcher watcher;

  UnsafeDisk(byte[] content, Watcher watcher) {
    this.forced = content.clone();
    this.seen = content.clone();
    this.watcher = watcher;
  }

  UnsafeDisk(byte[] content) {
    this(content, (disk, step) -> {});
  }

  /** The same disk under the next program, with what is not yet forced. */
  UnsafeDisk(UnsafeDisk before, Watcher watcher) {
    this.forced = before.forced;
    this.seen = before.seen;
    this.pending.addAll(before.pending);
    this.watcher = watcher;
  }

  @Override
  public long size() {
    return seen.length;
  }

  @Override
  public MemorySegment view() {
    return MemorySegment.ofArray(seen.clone());
  }

  @Override
  public void write(long offset, ByteBuffer bytes) throws IOException {
    int at = Math.toIntExact(offset);
    while (bytes.hasRemaining()) {
      watcher.at(this, "write at " + at);
      int length = Math.min(SECTOR - at % SECTOR, bytes.remaining());
      byte[] piece = new byte[length];
      bytes.get(piece);
      seen = Arrays.copyOf(seen, Math.max(seen.length, at + length));
      System.arraycopy(piece, 0, seen, at, length);
      pending.add(new Change(at, piece, false));
      at += length;
    }
  }

  @Override
  public void force() throws IOException {
    watcher.at(this, "force");
    pending.clear();
    forced = seen.clone();
    watcher.at(this, "end of force");
  }

  @Override
  public void truncate(long size) throws IOException {
    watcher.at(this, "cut");
    seen = Arrays.copyOf(seen, Math.min(seen.length, Math.toIntExact(size)));
    pending.add(new Change(Math.toIntExact(size), new byte[0], true));
  }

  @Override
  public void close() {}

  /** What is there for the program. */
  byte[] content() {
    return seen.clone();
  }

  /** What could be found when the power comes back, by a seed. */
  byte[] afterPowerLoss(SplittableRandom random) {
    List<Change> order = new ArrayList<>(pending);
    if (random.nextBoolean()) {
      Collections.shuffle(order, new Random(random.nextLong()));
    }
    int kept = random.nextInt(101);
    boolean grows = random.nextBoolean();
    byte[] found = forced.clone();
    for (Change change : order) {
      boolean isKept = random.nextInt(100) < kept;
      if (change.isCut()) {
        found = isKept ? Arrays.copyOf(found, Math.min(found.length, change.offset())) : found;
      } else if (isKept || grows) {
        int end = change.offset() + change.bytes().length;
        found = Arrays.copyOf(found, Math.max(found.length, end));
        if (isKept) {
          System.arraycopy(change.bytes(), 0, found, change.offset(), change.bytes().length);
        } else if (random.nextInt(8) == 0 && change.offset() >= forced.length) {
          byte[] stale = new byte[change.bytes().length];
          random.nextBytes(stale);
          System.arraycopy(stale, 0, found, change.offset(), stale.length);
        }
      }
    }
    int last = found.length - forced.length;
    if (last > 0 && random.nextInt(3) == 0) {
      found = Arrays.copyOf(found, forced.length + random.nextInt(last + 1));
    }
    return found;
  }
}
