package org.pagetrail.qemu.captures;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent.DeviceRead;
import org.pagetrail.events.QemuEvent.DeviceWritten;
import org.pagetrail.events.QemuEvent.FlashArrayMode;
import org.pagetrail.events.QemuEvent.FlashErased;
import org.pagetrail.events.QemuEvent.FlashNoted;
import org.pagetrail.events.QemuEvent.FlashProgrammed;
import org.pagetrail.events.QemuEvent.FlashRead;
import org.pagetrail.events.QemuEvent.FlashReset;
import org.pagetrail.events.QemuEvent.FlashWritten;
import org.pagetrail.events.QemuEvent.FlatViewBuilt;
import org.pagetrail.events.QemuEvent.FlatViewDropped;
import org.pagetrail.events.QemuEvent.MemslotRequested;

/** The model's events as the lines that QEMU 7.2.22 would trace. */
final class TraceText {
  private static final Map<String, String> NOTES =
      new TreeMap<>(
          Map.of(
              "status:", "pflash_read_status",
              "read device information offset", "pflash_device_info",
              "read manufacturer ID", "pflash_manufacturer_id",
              "read device ID", "pflash_device_id",
              "data offset", "pflash_data_read",
              "block erase", "pflash_write_block_erase",
              "block write start", "pflash_write_block_start",
              "block write flush", "pflash_write_block_flush",
              "block write abort", "pflash_write_block_abort"));

  private TraceText() {}

  /** The line, null for an event that QEMU does not trace. */
  static @Nullable String of(Event event) {
    return switch (event) {
      case MemslotRequested e ->
          String.format(
              Locale.ROOT,
              "kvm_set_user_memory Slot#%d flags=0x%x gpa=0x%x size=0x%x ua=0x%x ret=%d",
              (e.slot().addressSpace() << 16) | e.slot().id(),
              e.flags().bits(),
              e.gpa().value(),
              e.size().bytes(),
              e.hva().value(),
              e.ret());
      case FlatViewBuilt e -> "flatview_new " + e.root();
      case FlatViewDropped e -> "flatview_destroy_rcu " + e.root();
      case FlashWritten e ->
          String.format(
              Locale.ROOT,
              "pflash_io_write %s: offset:0x%04x size:%d value:0x%04x wcycle:%d",
              e.device(),
              e.offset(),
              e.width(),
              e.value(),
              e.cycle());
      case FlashRead e ->
          String.format(
              Locale.ROOT,
              "pflash_io_read %s: offset:0x%04x size:%d value:0x%04x cmd:0x%02x wcycle:%d",
              e.device(),
              e.offset(),
              e.width(),
              e.value(),
              e.command(),
              e.cycle());
      case FlashProgrammed e ->
          String.format(
              Locale.ROOT,
              "pflash_data_write%s %s: data offset:0x%04x size:%d value:0x%04x",
              e.buffered() ? "_block" : "",
              e.device(),
              e.offset(),
              e.width(),
              e.value());
      case FlashErased e ->
          String.format(
              Locale.ROOT,
              "pflash_write_block_erase %s: block erase offset:0x%x bytes:0x%x",
              e.device(),
              e.offset(),
              e.size().bytes());
      case FlashArrayMode e -> "pflash_mode_read_array " + e.device() + ": read array mode";
      case FlashReset e -> "pflash_reset " + e.device() + ": reset";
      case FlashNoted e -> note(e.note()) + " " + e.device() + ": " + e.note();
      case DeviceRead e -> ops("read", e.address().value(), e.value(), e.width(), e.device());
      case DeviceWritten e -> ops("write", e.address().value(), e.value(), e.width(), e.device());
      default -> null;
    };
  }

  private static String note(String note) {
    for (Map.Entry<String, String> known : NOTES.entrySet()) {
      if (note.startsWith(known.getKey())) {
        return known.getValue();
      }
    }
    return "pflash_write";
  }

  private static String ops(String kind, long address, long value, int width, String name) {
    return String.format(
        Locale.ROOT,
        "memory_region_ops_%s addr 0x%x value 0x%x size %d name '%s'",
        kind,
        address,
        value,
        width,
        name);
  }
}
