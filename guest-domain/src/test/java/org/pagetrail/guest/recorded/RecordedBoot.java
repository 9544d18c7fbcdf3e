package org.pagetrail.guest.recorded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tukaani.xz.XZInputStream;

/** The flash operations that QEMU logged during a boot. */
public final class RecordedBoot {
  private static final Path BOOTS = Path.of("..", "captures", "boots");

  private static final Pattern OPERATION =
      Pattern.compile(
          ".*:pflash_io_(read|write) virt\\.flash([01]): offset:0x([0-9a-f]+) size:(\\d)"
              + " value:0x([0-9a-f]+).*");

  private RecordedBoot() {}

  /** The operations of both flashes, in the order of the log. */
  public static List<FlashOperation> operations(String boot) {
    Path log = BOOTS.resolve(boot).resolve("qemu.log.xz");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new XZInputStream(Files.newInputStream(log)), StandardCharsets.US_ASCII))) {
      return lines
          .lines()
          .map(OPERATION::matcher)
          .filter(Matcher::matches)
          .map(RecordedBoot::operation)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FlashOperation operation(Matcher line) {
    return new FlashOperation(
        Integer.parseInt(line.group(2)),
        line.group(1).equals("write"),
        Long.parseLong(line.group(3), 16),
        Integer.parseInt(line.group(4)),
        Long.parseLong(line.group(5), 16));
  }
}
