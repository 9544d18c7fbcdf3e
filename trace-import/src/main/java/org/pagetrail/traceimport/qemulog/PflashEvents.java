package org.pagetrail.traceimport.qemulog;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.QemuEvent.FlashArrayMode;
import org.pagetrail.events.QemuEvent.FlashErased;
import org.pagetrail.events.QemuEvent.FlashNoted;
import org.pagetrail.events.QemuEvent.FlashProgrammed;
import org.pagetrail.events.QemuEvent.FlashRead;
import org.pagetrail.events.QemuEvent.FlashReset;
import org.pagetrail.events.QemuEvent.FlashWritten;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.qemulog.QemuEvents.Parsed;

/**
 * The events of QEMU's NOR flash. Since 3.0 each release range has printed the same facts under
 * other names and in another order, so that arguments are taken by their name.
 */
final class PflashEvents {
  /** The device of releases before 6.0, which do not name it. */
  static final String UNNAMED_DEVICE = "pflash";

  /** Printed by the device before the line of the read that it answers. */
  private static final Set<String> OPENING_A_READ =
      Set.of(
          "pflash_io_read",
          "pflash_read",
          "pflash_data_read",
          "pflash_data_read8",
          "pflash_data_read16",
          "pflash_data_read32",
          "pflash_read_status",
          "pflash_device_info",
          "pflash_device_id",
          "pflash_manufacturer_id");

  private PflashEvents() {}

  /** True for the name of a flash event; {@code reset} is one in 3.0 to 5.2. */
  static boolean isPflash(String event) {
    return event.startsWith("pflash_") || event.equals("reset");
  }

  /** The meaning of a flash event, or null if its arguments are none that a release prints. */
  static @Nullable Parsed parse(String event, String text) {
    String device = UNNAMED_DEVICE;
    String rest = text;
    int colon = text.indexOf(':');
    if (colon > 0 && text.startsWith(": ", colon)) {
      device = text.substring(0, colon);
      rest = text.substring(colon + 2);
    }
    QemuEvent parsed = event(event, device, rest);
    return parsed == null
        ? null
        : new Parsed(QemuLine.UNNAMED, OPENING_A_READ.contains(event), parsed);
  }

  private static @Nullable QemuEvent event(String event, String device, String rest) {
    FlashArguments arguments = FlashArguments.of(rest);
    return switch (event) {
      case "pflash_reset", "reset" -> new FlashReset(device);
      case "pflash_mode_read_array" -> new FlashArrayMode(device);
      case "pflash_io_write" -> written(device, arguments);
      // 3.0 to 4.0 print the access under this name, 6.0 and later a text.
      case "pflash_write" ->
          arguments.has(FlashArguments.WCYCLE)
              ? written(device, arguments)
              : new FlashNoted(device, rest);
      case "pflash_io_read" -> read(device, arguments);
      case "pflash_write_block_erase" ->
          arguments.has(FlashArguments.OFFSET, FlashArguments.BYTES)
              ? new FlashErased(
                  device,
                  arguments.get(FlashArguments.OFFSET),
                  new ByteSize(arguments.get(FlashArguments.BYTES)))
              : null;
      case "pflash_data_write" -> programmed(device, arguments, false);
      case "pflash_data_write_block" -> programmed(device, arguments, true);
      default -> new FlashNoted(device, rest.isEmpty() ? event : rest);
    };
  }

  private static @Nullable QemuEvent written(String device, FlashArguments arguments) {
    return arguments.has(
            FlashArguments.OFFSET, FlashArguments.SIZE, FlashArguments.VALUE, FlashArguments.WCYCLE)
        ? new FlashWritten(
            device,
            arguments.get(FlashArguments.OFFSET),
            arguments.small(FlashArguments.SIZE),
            arguments.get(FlashArguments.VALUE),
            arguments.small(FlashArguments.WCYCLE))
        : null;
  }

  private static @Nullable QemuEvent read(String device, FlashArguments arguments) {
    return arguments.has(
            FlashArguments.OFFSET,
            FlashArguments.SIZE,
            FlashArguments.VALUE,
            FlashArguments.CMD,
            FlashArguments.WCYCLE)
        ? new FlashRead(
            device,
            arguments.get(FlashArguments.OFFSET),
            arguments.small(FlashArguments.SIZE),
            arguments.get(FlashArguments.VALUE),
            arguments.small(FlashArguments.CMD),
            arguments.small(FlashArguments.WCYCLE))
        : null;
  }

  private static @Nullable QemuEvent programmed(
      String device, FlashArguments arguments, boolean buffered) {
    return arguments.has(FlashArguments.OFFSET, FlashArguments.SIZE, FlashArguments.VALUE)
        ? new FlashProgrammed(
            device,
            arguments.get(FlashArguments.OFFSET),
            arguments.small(FlashArguments.SIZE),
            arguments.get(FlashArguments.VALUE),
            buffered)
        : null;
  }
}
