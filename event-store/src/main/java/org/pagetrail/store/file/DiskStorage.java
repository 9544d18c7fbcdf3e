package org.pagetrail.store.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;

/** A file of the file system. */
record DiskStorage(FileChannel channel) implements Storage {
  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public MemorySegment view() throws IOException {
    return channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
  }

  @Override
  public void write(long offset, ByteBuffer bytes) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  @Override
  public void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void truncate(long size) throws IOException {
    channel.truncate(size);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
