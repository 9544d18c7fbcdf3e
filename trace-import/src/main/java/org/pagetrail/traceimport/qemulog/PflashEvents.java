package org.pagetrail.traceimport.qemulog;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.pagetrail.traceimport.input.Numbers;
import org.pagetrail.traceimport.qemulog.QemuEvents.Parsed;

/**
 * The events of QEMU's NOR flash. Since 3.0 each release range has printed the same facts under
 * other names and in another order, so that arguments are taken by their name.
 */
final class PflashEvents {
  /** The device of releases before 6.0, which do not name it. */
  static final String UNNAMED_DEVICE = "pflash";

  private static final Pattern NAMED = Pattern.compile("(?<device>[^:]++): (?<rest>.*)");
  private static final Pattern ARGUMENT =
      Pattern.compile("(?<key>[a-z]++):(?<value>0x[0-9a-f]{1,16}|\\d{1,18})(?= |$)");

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
    Matcher named = NAMED.matcher(text);
    if (named.matches()) {
      device = named.group("device");
      rest = named.group("rest");
    }
    QemuEvent parsed = event(event, device, rest);
    return parsed == null
        ? null
        : new Parsed(QemuLine.UNNAMED, OPENING_A_READ.contains(event), parsed);
  }

  private static @Nullable QemuEvent event(String event, String device, String rest) {
    Arguments arguments = Arguments.of(rest);
    return switch (event) {
      case "pflash_reset", "reset" -> new FlashReset(device);
      case "pflash_mode_read_array" -> new FlashArrayMode(device);
      case "pflash_io_write" -> written(device, arguments);
      // 3.0 to 4.0 print the access under this name, 6.0 and later a text.
      case "pflash_write" ->
          arguments.has("wcycle") ? written(device, arguments) : new FlashNoted(device, rest);
      case "pflash_io_read" -> read(device, arguments);
      case "pflash_write_block_erase" ->
          arguments.has("offset", "bytes")
              ? new FlashErased(
                  device, arguments.get("offset"), new ByteSize(arguments.get("bytes")))
              : null;
      case "pflash_data_write" -> programmed(device, arguments, false);
      case "pflash_data_write_block" -> programmed(device, arguments, true);
      default -> new FlashNoted(device, rest.isEmpty() ? event : rest);
    };
  }

  private static @Nullable QemuEvent written(String device, Arguments arguments) {
    return arguments.has("offset", "size", "value", "wcycle")
        ? new FlashWritten(
            device,
            arguments.get("offset"),
            arguments.small("size"),
            arguments.get("value"),
            arguments.small("wcycle"))
        : null;
  }

  private static @Nullable QemuEvent read(String device, Arguments arguments) {
    return arguments.has("offset", "size", "value", "cmd", "wcycle")
        ? new FlashRead(
            device,
            arguments.get("offset"),
            arguments.small("size"),
            arguments.get("value"),
            arguments.small("cmd"),
            arguments.small("wcycle"))
        : null;
  }

  private static @Nullable QemuEvent programmed(
      String device, Arguments arguments, boolean buffered) {
    return arguments.has("offset", "size", "value")
        ? new FlashProgrammed(
            device,
            arguments.get("offset"),
            arguments.small("size"),
            arguments.get("value"),
            buffered)
        : null;
  }

  /** The arguments of an event by name, with the width of an access always called size. */
  private record Arguments(Map<String, Long> byName) {
    static Arguments of(String text) {
      Map<String, Long> byName = new TreeMap<>();
      Matcher match = ARGUMENT.matcher(text);
      while (match.find()) {
        String key = match.group("key");
        byName.put(key.equals("width") ? "size" : key, Numbers.any(match.group("value")));
      }
      return new Arguments(byName);
    }

    boolean has(String... names) {
      return byName.keySet().containsAll(Set.of(names));
    }

    long get(String name) {
      return Objects.requireNonNull(byName.get(name));
    }

    int small(String name) {
      return Math.toIntExact(get(name));
    }
  }
}
