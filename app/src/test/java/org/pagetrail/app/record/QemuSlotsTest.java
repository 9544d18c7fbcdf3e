package org.pagetrail.app.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.traceimport.capture.SlotRange;

/** Given what QEMU traced so far, which memslots stand. */
class QemuSlotsTest {
  private static final byte[] NAME = "kvm_set_user_memory".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path temp;

  @Test
  void theRequestsOfABinaryTraceTellTheMemslotsAsThoseOfALogDo() throws IOException {
    ByteBuffer trace = begun();
    request(trace, 0, 0x4000_0000L, 0x1000_0000L, 0x7f00_0000_0000L);
    request(trace, 1, 0, 0x400_0000, 0x7f10_0000_0000L);
    request(trace, 0, 0x4000_0000L, 0, 0x7f00_0000_0000L);
    Folder folder = new Folder(temp);
    Files.write(folder.qemuTrace(), bytes(trace, trace.position()));

    assertThat(QemuSlots.isBinary(folder)).isTrue();
    assertThat(QemuSlots.in(folder))
        .containsExactly(
            new SlotRange(new Gpa(0), new ByteSize(0x400_0000), new Hva(0x7f10_0000_0000L)));
  }

  @Test
  void aRequestThatIsNotWholeInTheFileYetIsNoneYet() throws IOException {
    ByteBuffer trace = begun();
    request(trace, 1, 0, 0x400_0000, 0x7f10_0000_0000L);
    request(trace, 2, 0x4000_0000L, 0x1000, 0x7f20_0000_0000L);
    Folder folder = new Folder(temp);
    Files.write(folder.qemuTrace(), bytes(trace, trace.position() - 5));

    assertThat(QemuSlots.in(folder)).hasSize(1);
  }

  @Test
  void aTraceWithoutRequestsTellsNone() throws IOException {
    Folder folder = new Folder(temp);
    assertThat(QemuSlots.in(folder)).isEmpty();

    ByteBuffer trace = begun();
    Files.write(folder.qemuTrace(), bytes(trace, trace.position()));
    assertThat(QemuSlots.in(folder)).isEmpty();
  }

  private static byte[] bytes(ByteBuffer trace, int length) {
    byte[] bytes = new byte[length];
    trace.rewind().get(bytes);
    return bytes;
  }

  private static ByteBuffer begun() {
    return ByteBuffer.allocate(4096)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(-1)
        .putLong(0xf2b177cb0aa429b4L)
        .putLong(4)
        .putLong(0)
        .putLong(7)
        .putInt(NAME.length)
        .put(NAME);
  }

  private static void request(ByteBuffer trace, long slot, long gpa, long size, long hva) {
    trace.putLong(1).putLong(7).putLong(1000).putInt(24 + 6 * Long.BYTES).putInt(4711);
    trace.putLong(slot).putLong(0).putLong(gpa).putLong(size).putLong(hva).putLong(0);
  }
}
