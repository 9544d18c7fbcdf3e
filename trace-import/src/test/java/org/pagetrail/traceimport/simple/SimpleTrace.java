package org.pagetrail.traceimport.simple;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Given a binary trace of QEMU, put together as its writer does in versions 3 and 4. */
public final class SimpleTrace {
  private static final long MAGIC = 0xf2b177cb0aa429b4L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<String> names = new ArrayList<>();

  private final long version;

  private SimpleTrace(long version) {
    this.version = version;
    words(-1, MAGIC, version);
  }

  public static SimpleTrace version(long version) {
    return new SimpleTrace(version);
  }

  /** A file with a flash write that ends in a memslot being deleted. */
  public static SimpleTrace ofAFlashWrite() {
    return version(4)
        .named("kvm_run_exit")
        .named("memory_region_ops_write")
        .named("pflash_io_write")
        .named("kvm_set_user_memory")
        .named("net_checksum")
        .event(0, 5_000_000_001L, 0L, 6L)
        .event(1, 5_000_000_002L, 0L, 0x55aaL, 0xffc00008L, 0x90L, 1L, "system.flash1")
        .event(2, 5_000_000_003L, "system.flash1", 8L, 1L, 0x90L, 0L)
        .event(3, 5_000_000_004L, 2L, 0L, 0xffc00000L, 0L, 0x7fe120e00000L, 0L);
  }

  /** The same as version 3, with the declarations that number its events. */
  public static SimpleTrace numberedFlashWrite() {
    return version(3)
        .event(1, 5_000_000_001L, 0L, 6L)
        .event(4, 5_000_000_002L, 0L, 0x55aaL, 0xffc00008L, 0x90L, 1L)
        .event(5, 5_000_000_003L, "flash", 0x8138ae8dL);
  }

  /** What numbers the events of {@link #numberedFlashWrite}, in the form of QEMU's source. */
  public static String declarations() {
    return """
    # Trace events
    #
    g_malloc(size_t size) "size %zu"

    # kvm-all.c
    kvm_run_exit(int cpu_index, uint32_t reason) "cpu_index %d, reason %d"
    disable exec_tb(void *tb, uintptr_t pc) "tb:%p pc=0x%"PRIxPTR
    kvm_irqchip_commit_routes(void) ""
    memory_region_ops_write(int cpu_index, void *mr, uint64_t addr, uint64_t value, unsigned size) \
    "cpu %d mr %p addr %#"PRIx64" value %#"PRIx64" size %u"
    fw_cfg_note(const char *name, int type) "name \\\"%s\\\" type 0x%x"
    disable vcpu tcg guest_mem_before(TCGv vaddr, uint8_t info) "info=%d", "vaddr=0x%016"PRIx64" info=%d"
    fw_cfg_end(void *s) "%p"
    """;
  }

  public SimpleTrace named(String event) {
    words(0, names.size());
    names.add(event);
    text(event);
    return this;
  }

  /** An event with whole numbers and strings as arguments. */
  public SimpleTrace event(long id, long timeNanos, Object... arguments) {
    SimpleTrace body = new SimpleTrace(0);
    body.bytes.reset();
    for (Object argument : arguments) {
      if (argument instanceof Long number) {
        body.words(number);
      } else {
        body.text(argument.toString());
      }
    }
    if (version == 4) {
      words(1);
    }
    words(id, timeNanos);
    number(24 + body.bytes.size());
    number(4711);
    bytes.writeBytes(body.bytes.toByteArray());
    return this;
  }

  public byte[] bytes() {
    return bytes.toByteArray();
  }

  SimpleTrace words(long... words) {
    for (long word : words) {
      bytes.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(word).array());
    }
    return this;
  }

  private void number(int value) {
    bytes.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    bytes.writeBytes(utf8);
  }
}
