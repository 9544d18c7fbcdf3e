package org.pagetrail.qemu.captures;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.qemu.board.BoardSpec;
import org.pagetrail.qemu.board.FlashSpec;
import org.pagetrail.qemu.board.KvmCapabilities;
import org.tukaani.xz.XZInputStream;

/** One boot of a real QEMU on the {@code virt} board. */
record CapturedBoot(Path folder, List<String> commandLine, List<TraceLine> log) {
  private static final Pattern RELEASE = Pattern.compile("QEMU (\\S+) monitor - ");
  private static final Path BOOTS = Path.of("..", "captures", "boots");
  private static final ByteSize IMAGE = ByteSize.mebibytes(64);

  static List<CapturedBoot> all() throws IOException {
    List<CapturedBoot> boots = new ArrayList<>();
    try (Stream<Path> folders = Files.list(BOOTS)) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        boots.add(read(folder));
      }
    }
    return boots;
  }

  private static CapturedBoot read(Path folder) throws IOException {
    String command = Files.readString(folder.resolve("cmdline.txt")).strip();
    List<TraceLine> log = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new XZInputStream(Files.newInputStream(folder.resolve("qemu.log.xz"))),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        TraceLine parsed = TraceLine.parse(line);
        if (parsed != null) {
          log.add(parsed);
        }
      }
    }
    return new CapturedBoot(folder, List.of(command.split(" ")), log);
  }

  @Override
  public String toString() {
    return String.valueOf(folder.getFileName());
  }

  /** The release of QEMU, as its monitor says it. */
  String release() {
    try (XZInputStream monitor =
        new XZInputStream(Files.newInputStream(folder.resolve("hmp.log.xz")))) {
      Matcher greeting =
          RELEASE.matcher(new String(monitor.readAllBytes(), StandardCharsets.UTF_8));
      if (!greeting.find()) {
        throw new IllegalStateException(folder + ": the monitor names no release");
      }
      return greeting.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The machine as its command line states it, RAM blocks where the trace has them. */
  BoardSpec spec() {
    String ramBlock = "";
    List<FlashSpec> flash = new ArrayList<>();
    for (String word : commandLine) {
      if (word.startsWith("memory-backend-ram,")) {
        ramBlock = word.replaceAll(".*id=([^,]*).*", "$1");
      } else if (word.startsWith("if=pflash,")) {
        boolean readOnly = word.contains("readonly=on");
        FlashBacking backing = readOnly ? FlashBacking.FILE_READ_ONLY : FlashBacking.FILE;
        flash.add(new FlashSpec(backing, IMAGE, word.replaceAll(".*file=([^,]*).*", "$1")));
      }
    }
    int bios = commandLine.indexOf("-bios");
    if (bios >= 0) {
      flash.add(new FlashSpec(FlashBacking.BIOS_IMAGE, IMAGE, commandLine.get(bios + 1)));
    }
    ByteSize ram =
        ByteSize.mebibytes(Long.parseLong(commandLine.get(commandLine.indexOf("-m") + 1)));
    return new BoardSpec(
        "virt",
        release(),
        ram,
        ramBlock,
        !ramBlock.isEmpty(),
        Integer.parseInt(commandLine.get(commandLine.indexOf("-smp") + 1)),
        flash,
        KvmCapabilities.ARM64,
        hvas(ramBlock.isEmpty() ? "mach-virt.ram" : ramBlock));
  }

  private SortedMap<String, Hva> hvas(String ramBlock) {
    SortedMap<String, Hva> hvas = new TreeMap<>();
    for (TraceLine line : log) {
      if (line.event().equals("kvm_set_user_memory")) {
        Hva hva = new Hva(line.hex("ua"));
        switch (Long.toHexString(line.hex("gpa"))) {
          case "0" -> hvas.putIfAbsent("virt.flash0", hva);
          case "4000000" -> hvas.putIfAbsent("virt.flash1", hva);
          case "40000000" -> hvas.putIfAbsent(ramBlock, hva);
          case "90a0000" -> hvas.putIfAbsent("pvtime", hva);
          default -> {}
        }
      }
    }
    return hvas;
  }
}
