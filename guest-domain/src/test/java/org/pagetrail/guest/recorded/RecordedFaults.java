package org.pagetrail.guest.recorded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** The loads of the second flash that faulted in stage 2 and were not left to QEMU. */
public final class RecordedFaults {
  private static final Pattern FAULT =
      Pattern.compile(
          ".*kvm_guest_fault: ipa 0x([0-9a-f]+), hsr 0x([0-9a-f]+), hxfar 0x([0-9a-f]+),.*");
  private static final Pattern MMIO = Pattern.compile(".*kvm_mmio: mmio .*");

  private static final long FLASH_START = 0x4000000;
  private static final long FLASH_END = 0x8000000;
  private static final long SYNDROME_VALID = 1L << 24;

  private RecordedFaults() {}

  /**
   * A load as the syndrome describes it.
   *
   * @param gpa its first byte
   * @param width bytes; 0 where the syndrome is not valid
   */
  public record Load(long gpa, int width) {
    @Override
    public String toString() {
      return Long.toHexString(gpa) + "/" + width;
    }
  }

  /** The loads, in periods between two MMIO exits of the flash; periods without any left out. */
  public static List<List<Load>> loadsByPeriod(String boot) {
    Path trace = Path.of("..", "captures", "boots", boot, "trace.txt.xz");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new XZInputStream(Files.newInputStream(trace)), StandardCharsets.US_ASCII))) {
      return periods(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<List<Load>> periods(BufferedReader lines) throws IOException {
    List<List<Load>> periods = new ArrayList<>();
    List<Load> period = new ArrayList<>();
    Load pending = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher fault = FAULT.matcher(line);
      if (fault.matches()) {
        if (pending != null) {
          period.add(pending);
        }
        pending = load(fault);
      } else if (pending != null && MMIO.matcher(line).matches()) {
        pending = null;
        if (!period.isEmpty()) {
          periods.add(period);
          period = new ArrayList<>();
        }
      }
    }
    return periods;
  }

  private static @Nullable Load load(Matcher fault) {
    long page = Long.parseLong(fault.group(1), 16);
    long syndrome = Long.parseLong(fault.group(2), 16);
    long address = page | (Long.parseLong(fault.group(3), 16) & 0xfff);
    if (address < FLASH_START || address >= FLASH_END) {
      return null;
    }
    boolean isValid = (syndrome & SYNDROME_VALID) != 0;
    return new Load(address, isValid ? 1 << ((syndrome >> 22) & 3) : 0);
  }
}
