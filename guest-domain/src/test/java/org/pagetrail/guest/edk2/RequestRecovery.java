package org.pagetrail.guest.edk2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pagetrail.guest.edk2.flash.Device;
import org.pagetrail.guest.edk2.flash.FlashRequest;
import org.pagetrail.guest.edk2.flash.FlashRequest.EraseBlocks;
import org.pagetrail.guest.edk2.flash.FlashRequest.ReadBytes;
import org.pagetrail.guest.edk2.flash.FlashRequest.WriteBytes;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.memory.LittleEndian;
import org.pagetrail.guest.recorded.FlashOperation;

/**
 * Finds requests that explain recorded operations of the driver of 2022.11. Where several do, it
 * takes the simplest: what was read, and whether a block was rewritten because a bit had to be set,
 * is not in the operations.
 */
final class RequestRecovery {
  private static final int BUFFER_BYTES = 128;
  private static final int BUFFER_OPERATIONS = 2 + 1 + BUFFER_BYTES / 4 + 1 + 2 + 1;
  private static final int LOCK_OPERATIONS = 2;
  private static final int ERASE_OPERATIONS = LOCK_OPERATIONS + 5;

  private final Device device;
  private final List<FlashOperation> operations;
  private final byte[] image;
  private final List<FlashRequest> requests = new ArrayList<>();
  private int next;

  private RequestRecovery(Device device, List<FlashOperation> operations) {
    this.device = device;
    this.operations = operations;
    this.image = new byte[device.region().usedBytes()];
  }

  /** The requests that explain the operations of one flash. */
  static List<FlashRequest> requests(Device device, List<FlashOperation> operations) {
    RequestRecovery recovery = new RequestRecovery(device, operations);
    while (recovery.next < operations.size()) {
      recovery.recoverOne();
    }
    return recovery.requests;
  }

  private void recoverOne() {
    if (isErase(next)) {
      requests.add(new EraseBlocks(device, erase(), 1));
    } else if (isCommand(next, 0xff)
        && isErase(next + 1)
        && isCommand(next + 1 + ERASE_OPERATIONS, 0xe8)) {
      next++;
      rewrite(erase());
    } else if (isCommand(next, 0xff) && isCommand(next + 1 + LOCK_OPERATIONS, 0xe8)) {
      next += 1 + LOCK_OPERATIONS;
      writeSmall();
    } else if (isCommand(next, 0xff)) {
      next++;
      requests.add(new ReadBytes(device, 0, 1));
    } else {
      throw new AssertionError("operation " + next + " begins no request: " + operations.get(next));
    }
  }

  private void rewrite(int block) {
    byte[] content = new byte[device.region().blockBytes()];
    Arrays.fill(content, (byte) 0xff);
    while (isCommand(next, 0xe8)) {
      int at = offset(next);
      System.arraycopy(buffer(), 0, content, at - block, BUFFER_BYTES);
    }
    next++;
    System.arraycopy(content, 0, image, block, content.length);
    requests.add(new WriteBytes(device, block, ByteImage.of(content)));
  }

  private void writeSmall() {
    int at = offset(next);
    byte[] bytes = buffer();
    if (isCommand(next, 0xe8)) {
      byte[] second = buffer();
      bytes = Arrays.copyOf(bytes, 2 * BUFFER_BYTES);
      System.arraycopy(second, 0, bytes, BUFFER_BYTES, BUFFER_BYTES);
    }
    next++;
    int first = Arrays.mismatch(Arrays.copyOfRange(image, at, at + bytes.length), bytes);
    int from = Math.max(0, first);
    int to = from + 1;
    for (int i = from; i < bytes.length; i++) {
      to = image[at + i] == bytes[i] ? to : i + 1;
    }
    if (bytes.length > BUFFER_BYTES) {
      from = Math.min(from, BUFFER_BYTES - 1);
      to = Math.max(to, BUFFER_BYTES + 1);
    }
    System.arraycopy(bytes, 0, image, at, bytes.length);
    requests.add(
        new WriteBytes(device, at + from, ByteImage.of(Arrays.copyOfRange(bytes, from, to))));
  }

  /** Skips an erase; returns the block's offset. */
  private int erase() {
    int block = offset(next + LOCK_OPERATIONS);
    Arrays.fill(image, block, block + device.region().blockBytes(), (byte) 0xff);
    next += ERASE_OPERATIONS;
    return block;
  }

  /** Skips a buffered program; returns its data. */
  private byte[] buffer() {
    byte[] bytes = new byte[BUFFER_BYTES];
    for (int i = 0; i < BUFFER_BYTES; i += 4) {
      LittleEndian.put(bytes, i, 4, operations.get(next + 3 + i / 4).value());
    }
    next += BUFFER_OPERATIONS;
    return bytes;
  }

  private boolean isErase(int index) {
    return isCommand(index, 0x90) && isCommand(index + LOCK_OPERATIONS, 0x20);
  }

  private boolean isCommand(int index, int command) {
    return index < operations.size()
        && operations.get(index).isWrite()
        && operations.get(index).value() == (((long) command << 16) | command);
  }

  private int offset(int index) {
    return (int) operations.get(index).offset();
  }
}
