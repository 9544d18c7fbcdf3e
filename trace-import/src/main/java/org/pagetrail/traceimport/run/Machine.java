package org.pagetrail.traceimport.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.ArchName;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.RunEvent.FlashDevice;
import org.pagetrail.events.RunEvent.MachineDescribed;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.traceimport.run.CommandLine.Option;

/** The machine that a command line of QEMU describes. */
public final class Machine {
  private static final String BINARY = "qemu-system-";
  private static final ByteSize DEFAULT_RAM = ByteSize.mebibytes(128);

  private final CommandLine command;
  private final String text;

  private Machine(CommandLine command, String text) {
    this.command = command;
    this.text = text;
  }

  /** Reads a command line. */
  public static Machine of(String commandLine) {
    return new Machine(CommandLine.parse(commandLine), commandLine);
  }

  /** The host's architecture, which with KVM is the guest's: {@code arm64}, {@code x86}, … */
  public @Nullable String arch() {
    return command.binary().startsWith(BINARY)
        ? ArchName.of(command.binary().substring(BINARY.length()))
        : null;
  }

  /** The machine as an event; the release comes from elsewhere, null if unknown. */
  public MachineDescribed described(@Nullable String release) {
    return new MachineDescribed(board(), release, ram(), ramPreallocated(), flash(), text);
  }

  /** The files that fill flash devices at start, by the device's name. */
  public Map<String, String> filesByDevice() {
    Map<String, String> files = new TreeMap<>();
    for (FlashDevice device : flash()) {
      String file = device.file();
      if (file != null) {
        files.put(device.name(), file);
      }
    }
    return files;
  }

  private String board() {
    String board = "";
    for (Option option : command.named("M", "machine")) {
      String type = option.parts().get("type");
      board = !option.head().isEmpty() ? option.head() : type != null ? type : board;
    }
    return board;
  }

  private ByteSize ram() {
    String memory = command.last("m");
    if (memory == null) {
      return DEFAULT_RAM;
    }
    String size = memory.split(",", 2)[0];
    return size(size.startsWith("size=") ? size.substring("size=".length()) : size);
  }

  /** A size of {@code -m}: mebibytes, or with a suffix. */
  private static ByteSize size(String text) {
    String digits = text.replaceAll("[^0-9].*", "");
    String suffix = text.substring(digits.length());
    if (digits.isEmpty() || digits.length() > 12) {
      return DEFAULT_RAM;
    }
    int shift =
        switch (suffix.isEmpty() ? 'M' : Character.toUpperCase(suffix.charAt(0))) {
          case 'B' -> 0;
          case 'K' -> 10;
          case 'G' -> 30;
          case 'T' -> 40;
          default -> 20;
        };
    long count = Long.parseLong(digits);
    return count > Long.MAX_VALUE >> shift ? DEFAULT_RAM : new ByteSize(count << shift);
  }

  private boolean ramPreallocated() {
    if (!command.named("mem-prealloc").isEmpty()) {
      return true;
    }
    String backend = "";
    for (Option option : command.named("M", "machine")) {
      backend = option.parts().getOrDefault("memory-backend", backend);
    }
    for (Option option : command.named("object")) {
      Map<String, String> parts = option.parts();
      if (option.head().startsWith("memory-backend-")
          && parts.getOrDefault("id", "").equals(backend)) {
        return List.of("on", "yes", "true").contains(parts.getOrDefault("prealloc", "off"));
      }
    }
    return false;
  }

  /**
   * The flash devices: the boards named virt have two, others those that get a file; {@code -bios}
   * goes to flash only where the board has it.
   */
  private List<FlashDevice> flash() {
    String board = board();
    boolean virt = board.equals("virt") || board.startsWith("virt-");
    boolean pc = board.equals("q35") || board.startsWith("pc");
    String prefix = virt ? "virt" : pc || board.isEmpty() ? "system" : board;
    List<FlashDevice> devices = new ArrayList<>();
    Map<Integer, FlashDevice> filled = filled(prefix);
    String bios = command.last("bios");
    for (int unit = 0; unit < 2; unit++) {
      FlashDevice device = filled.get(unit);
      if (device != null) {
        devices.add(device);
      } else if (virt) {
        boolean hasBios = unit == 0 && bios != null;
        devices.add(
            new FlashDevice(
                prefix + ".flash" + unit,
                hasBios ? FlashBacking.BIOS_IMAGE : FlashBacking.NONE,
                hasBios ? bios : null));
      }
    }
    return devices;
  }

  private Map<Integer, FlashDevice> filled(String prefix) {
    Map<Integer, FlashDevice> filled = new TreeMap<>();
    for (Option drive : command.named("drive")) {
      Map<String, String> parts = drive.parts();
      if (parts.getOrDefault("if", "").equals("pflash")) {
        String unit = parts.get("unit");
        int number =
            unit == null ? filled.size() : unit.matches("\\d{1,3}") ? Integer.parseInt(unit) : -1;
        filled.put(number, device(prefix, number, parts.get("file"), parts));
      }
    }
    for (int unit = 0; unit < 2; unit++) {
      for (Option option : command.named("M", "machine")) {
        String node = option.parts().get("pflash" + unit);
        if (node != null) {
          filled.put(unit, blockDevice(prefix, unit, node));
        }
      }
    }
    return filled;
  }

  private FlashDevice blockDevice(String prefix, int unit, String node) {
    for (Option option : command.named("blockdev")) {
      Map<String, String> parts = option.parts();
      if (parts.getOrDefault("node-name", "").equals(node)) {
        String file = parts.getOrDefault("filename", parts.get("file.filename"));
        String below = parts.get("file");
        return file == null && below != null && !below.equals(node)
            ? device(prefix, unit, filename(below), parts)
            : device(prefix, unit, file, parts);
      }
    }
    return device(prefix, unit, null, Map.of());
  }

  private @Nullable String filename(String node) {
    for (Option option : command.named("blockdev")) {
      if (option.parts().getOrDefault("node-name", "").equals(node)) {
        return option.parts().get("filename");
      }
    }
    return null;
  }

  private static FlashDevice device(
      String prefix, int unit, @Nullable String file, Map<String, String> parts) {
    boolean readOnly =
        List.of("on", "yes", "true")
            .contains(parts.getOrDefault("readonly", parts.getOrDefault("read-only", "off")));
    return new FlashDevice(
        prefix + ".flash" + unit, readOnly ? FlashBacking.FILE_READ_ONLY : FlashBacking.FILE, file);
  }
}
