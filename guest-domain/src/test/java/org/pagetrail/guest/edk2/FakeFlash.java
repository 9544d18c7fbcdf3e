package org.pagetrail.guest.edk2;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The answers of one NOR flash of two 16-bit chips, with nothing else of the device. It starts as
 * zeros, like a flash without a file.
 */
final class FakeFlash {
  private static final int BLOCK_BYTES = 0x40000;

  private final byte[] storage;
  private final Map<Long, Long> buffer = new HashMap<>();
  private boolean isArray = true;
  private int command;
  private int cycle;
  private int status = 0x80;
  private long wordsLeft;
  private boolean isLocked;
  private boolean isReadOnly;
  private boolean isNeverReady;

  FakeFlash(int bytes) {
    storage = new byte[bytes];
  }

  /** All blocks are locked until one is unlocked. */
  void lock() {
    isLocked = true;
  }

  /** The backing is read-only. */
  void refuseChanges() {
    isReadOnly = true;
  }

  /** The status has no ready bit from now on, and no buffer is available. */
  void beNeverReady() {
    isNeverReady = true;
  }

  /** The first bytes. */
  byte[] content(int length) {
    return Arrays.copyOf(storage, length);
  }

  /** Changes content behind everybody's back. */
  void change(int offset, int value) {
    storage[offset] = (byte) value;
  }

  /** Takes the content of another flash. */
  void fill(FakeFlash other) {
    System.arraycopy(other.storage, 0, storage, 0, storage.length);
  }

  boolean isArray() {
    return isArray;
  }

  long load(long offset, int width) {
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = (value << 8) | Byte.toUnsignedLong(storage[(int) offset + i]);
    }
    return value;
  }

  long read(long offset) {
    return switch (command) {
      case 0x90 -> isLocked ? 0x10001 : 0;
      case 0x20, 0x40, 0x60, 0x70, 0xe8 -> isNeverReady ? 0 : ((long) status << 16) | status;
      default -> throw new AssertionError("read in command " + command + " at " + offset);
    };
  }

  void write(long offset, long value) {
    int low = (int) (value & 0xff);
    switch (cycle) {
      case 0 -> {
        isArray = false;
        command = low;
        switch (low) {
          case 0x20 -> {
            erase((int) offset & -BLOCK_BYTES);
            status |= 0x80;
            cycle = 1;
          }
          case 0x40, 0x60, 0xe8 -> {
            status |= 0x80;
            cycle = 1;
          }
          case 0x70, 0x90 -> {}
          case 0x50 -> {
            status = 0;
            isArray = true;
          }
          default -> isArray = true;
        }
      }
      case 1 -> {
        if (command == 0xe8 && isNeverReady) {
          return;
        } else if (command == 0xe8) {
          wordsLeft = (value & 0xffff) + 1;
          cycle = 2;
        } else {
          if (command == 0x40) {
            store(offset, value);
          } else if (command == 0x60) {
            isLocked = false;
          }
          status |= 0x80;
          cycle = 0;
        }
      }
      case 2 -> {
        buffer.put(offset, value);
        wordsLeft--;
        if (wordsLeft == 0) {
          cycle = 3;
        }
      }
      default -> {
        if (low != 0xd0) {
          throw new AssertionError("buffer not confirmed but " + value);
        }
        buffer.forEach(this::store);
        buffer.clear();
        status |= 0x80;
        cycle = 0;
      }
    }
  }

  private void erase(int block) {
    if (isReadOnly) {
      status |= 0x20;
    } else {
      Arrays.fill(storage, block, block + BLOCK_BYTES, (byte) 0xff);
    }
  }

  private void store(long offset, long value) {
    for (int i = 0; i < 4; i++) {
      storage[(int) offset + i] = (byte) (value >>> (8 * i));
    }
  }
}
