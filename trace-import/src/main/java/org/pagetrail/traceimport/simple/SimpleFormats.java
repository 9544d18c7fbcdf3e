package org.pagetrail.traceimport.simple;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the arguments of an event are printed by the log backend, so that both backends are read by
 * one reader. Where releases differ, the number of arguments tells which format a record has; the
 * newest of the same number stands for all, as only the words between the arguments differ.
 */
final class SimpleFormats {
  private static final Pattern CONVERSION = Pattern.compile("%(?<kind>[dusxp])");

  private static final String ACCESS = "cpu %d mr %p addr 0x%x value 0x%x size %u";
  private static final String NAMED_ACCESS = ACCESS + " name '%s'";
  private static final String SUBPAGE = "cpu %d mr %p offset 0x%x value 0x%x size %u";
  private static final String VIEW = "%p (root %p)";
  private static final String FLASH_WRITE = "%s: offset:0x%x size:%u value:0x%x wcycle:%u";
  private static final String FLASH_READ = "%s: offset:0x%x size:%u value:0x%x cmd:0x%x wcycle:%u";

  private static final Map<String, List<String>> FORMATS =
      Map.ofEntries(
          Map.entry(
              "kvm_set_user_memory",
              List.of(
                  "Slot#%d flags=0x%x gpa=0x%x size=0x%x ua=0x%x ret=%d",
                  "AddrSpace#%d Slot#%d flags=0x%x gpa=0x%x size=0x%x ua=0x%x guest_memfd=%d"
                      + " guest_memfd_offset=0x%x ret=%d")),
          Map.entry("kvm_ioctl", List.of("type 0x%x, arg %p")),
          Map.entry("kvm_vm_ioctl", List.of("type 0x%x, arg %p")),
          Map.entry("kvm_vcpu_ioctl", List.of("cpu_index %d, type 0x%x, arg %p")),
          Map.entry("kvm_device_ioctl", List.of("dev fd %d, type 0x%x, arg %p")),
          Map.entry("kvm_run_exit", List.of("cpu_index %d, reason %d")),
          Map.entry("kvm_memory_fault", List.of("start 0x%x size 0x%x flags 0x%x")),
          Map.entry("memory_region_ops_read", List.of(ACCESS, NAMED_ACCESS)),
          Map.entry("memory_region_ops_write", List.of(ACCESS, NAMED_ACCESS)),
          Map.entry("memory_region_subpage_read", List.of(SUBPAGE)),
          Map.entry("memory_region_subpage_write", List.of(SUBPAGE)),
          Map.entry("memory_region_ram_device_read", List.of(ACCESS)),
          Map.entry("memory_region_ram_device_write", List.of(ACCESS)),
          Map.entry("flatview_new", List.of(VIEW)),
          Map.entry("flatview_destroy", List.of(VIEW)),
          Map.entry("flatview_destroy_rcu", List.of(VIEW)),
          Map.entry("pflash_io_write", List.of(FLASH_WRITE)),
          Map.entry("pflash_io_read", List.of(FLASH_READ)),
          Map.entry(
              "pflash_data_write",
              List.of(
                  "%s: data offset:0x%x size:%u value:0x%x",
                  "%s: data offset:0x%x size:%u value:0x%x counter:0x%x")),
          Map.entry(
              "pflash_data_write_block",
              List.of("%s: data offset:0x%x size:%u value:0x%x counter:0x%x")),
          Map.entry("pflash_data_read", List.of("%s: data offset:0x%x size:%u value:0x%x")),
          Map.entry("pflash_write_block_erase", List.of("%s: block erase offset:0x%x bytes:0x%x")),
          Map.entry("pflash_read_status", List.of("%s: status:0x%x")),
          Map.entry("pflash_device_info", List.of("%s: read device information offset:0x%x")),
          Map.entry("pflash_device_id", List.of("%s: read device ID: 0x%x")),
          Map.entry("pflash_manufacturer_id", List.of("%s: read manufacturer ID: 0x%x")),
          Map.entry("pflash_mode_read_array", List.of("%s: read array mode")),
          Map.entry("pflash_reset", List.of("%s: reset")),
          Map.entry("pflash_write", List.of("%s: %s")),
          Map.entry("runstate_set", List.of("current_run_state %d (%s) new_state %d (%s)")),
          Map.entry("find_ram_offset", List.of("size: 0x%x @ 0x%x")),
          Map.entry(
              "ram_block_discard_range",
              List.of("%s@%p + 0x%x: madvise: %d fallocate: %d ret: %d")),
          Map.entry("qemu_anon_ram_alloc", List.of("size %u ptr %p")),
          Map.entry("qemu_anon_ram_free", List.of("ptr %p size %u")));

  private SimpleFormats() {}

  /** True for an event whose arguments we can take apart. */
  static boolean isKnown(String event) {
    return FORMATS.containsKey(event);
  }

  /** The text of a record, or null if the arguments fit no format of the event. */
  static @Nullable String text(String event, ByteBuffer arguments) {
    for (String format : FORMATS.getOrDefault(event, List.of())) {
      String text = printed(format, arguments.duplicate().order(arguments.order()));
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** Null unless the arguments are exactly those of the format. */
  private static @Nullable String printed(String format, ByteBuffer arguments) {
    Matcher conversion = CONVERSION.matcher(format);
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (conversion.find()) {
      parts.add(format.substring(from, conversion.start()));
      from = conversion.end();
      String value = value(conversion.group("kind"), arguments);
      if (value == null) {
        return null;
      }
      parts.add(value);
    }
    parts.add(format.substring(from));
    return arguments.hasRemaining() ? null : String.join("", parts);
  }

  private static @Nullable String value(String kind, ByteBuffer arguments) {
    if (kind.equals("s")) {
      return string(arguments);
    }
    if (arguments.remaining() < Long.BYTES) {
      return null;
    }
    long value = arguments.getLong();
    return switch (kind) {
      // An int is widened, in some releases without its sign.
      case "d" -> Integer.toString((int) value);
      case "u" -> Long.toUnsignedString(value);
      case "p" -> value == 0 ? "(nil)" : "0x" + Long.toHexString(value);
      default -> Long.toHexString(value);
    };
  }

  private static @Nullable String string(ByteBuffer arguments) {
    if (arguments.remaining() < Integer.BYTES) {
      return null;
    }
    int length = arguments.getInt();
    if (length < 0 || length > arguments.remaining()) {
      return null;
    }
    byte[] bytes = new byte[length];
    arguments.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
