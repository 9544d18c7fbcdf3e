package org.pagetrail.traceimport.qemulog;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.QemuEvent.DeviceRead;
import org.pagetrail.events.QemuEvent.DeviceWritten;
import org.pagetrail.events.QemuEvent.FlatViewBuilt;
import org.pagetrail.events.QemuEvent.FlatViewDropped;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.QemuEvent.QemuNoted;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.input.Numbers;
import org.pagetrail.traceimport.input.SharedWords;
import org.pagetrail.traceimport.input.TextCursor;

/** What the events of QEMU's trace mean, by name and arguments, for releases 2.1 to 10.2. */
public final class QemuEvents {

  /**
   * An understood line.
   *
   * @param vcpu the vCPU that the line names, or {@link QemuLine#UNNAMED}
   * @param opensRead true for a line that precedes the line of the read that it belongs to
   */
  public record Parsed(int vcpu, boolean opensRead, QemuEvent event) {
    static Parsed of(QemuEvent event) {
      return new Parsed(QemuLine.UNNAMED, false, event);
    }
  }

  private static final String POINTER = "(?:0x[0-9a-f]{1,16}|\\(nil\\))";
  private static final String HEX = "(?:0x)?[0-9a-f]{1,16}";

  private static final Pattern MEMSLOT =
      Pattern.compile(
          "(?:AddrSpace#(?<space>\\d{1,5}) )?Slot#(?<slot>\\d{1,10})"
              + " flags=(?<flags>0x[0-9a-f]{1,8}) gpa=(?<gpa>0x[0-9a-f]{1,16})"
              + " size=(?<size>0x[0-9a-f]{1,16}) ua=(?<ua>0x[0-9a-f]{1,16})(?: guest_memfd=-?\\d+"
              + " guest_memfd_offset=0x[0-9a-f]+)? ret=(?<ret>-?\\d{1,9})");

  private static final Pattern ACCESS =
      Pattern.compile(
          "(?:cpu (?<cpu>-?\\d{1,5}) )?mr (?<mr>"
              + POINTER
              + ") (?:addr|offset) (?<addr>"
              + HEX
              + ") value (?<value>"
              + HEX
              + ") size (?<size>\\d{1,3})(?: name '(?<name>.*)')?");

  private static final Pattern VIEW =
      Pattern.compile("(?<view>" + POINTER + ") \\(root (?<root>" + POINTER + ")\\)");

  private static final Set<String> READS =
      Set.of(
          "memory_region_ops_read", "memory_region_subpage_read", "memory_region_ram_device_read");

  private static final Set<String> WRITES =
      Set.of(
          "memory_region_ops_write",
          "memory_region_subpage_write",
          "memory_region_ram_device_write");

  /** Families of events that say nothing that another event stands for. */
  private static final Pattern NOTED =
      Pattern.compile(
          "(?:kvm_|memory_region_|address_space_|flatview_|find_ram_|ram_block_|qemu_anon_ram_"
              + "|qemu_ram_|qemu_vfio_|global_dirty_|runstate_|vfio_|virtio_|pci_|gicv3_|pl0"
              + "|fw_cfg_|cpu_|vm_state_|system_)[a-z0-9_]*");

  private QemuEvents() {}

  /** True if the name is one of QEMU's trace events that we know. */
  public static boolean isKnown(String event, String arguments) {
    return PflashEvents.isPflash(event)
        ? !event.equals("reset") || arguments.isBlank()
        : NOTED.matcher(event).matches();
  }

  /**
   * The meaning of an event, or null if its arguments are none that a release prints or its name is
   * unknown.
   *
   * @throws IllegalArgumentException or ArithmeticException if a number exceeds what it counts
   */
  public static @Nullable Parsed parse(String event, String arguments) {
    String text = arguments.strip();
    if (READS.contains(event) || WRITES.contains(event)) {
      return access(text, READS.contains(event));
    }
    return switch (event) {
      case "kvm_set_user_memory" -> memslot(text);
      case "flatview_new" -> view(text, 'n');
      case "flatview_destroy_rcu" -> view(text, 'd');
      case "flatview_destroy" -> view(text, 'f');
      default -> {
        if (PflashEvents.isPflash(event)) {
          yield PflashEvents.parse(event, text);
        }
        yield NOTED.matcher(event).matches() ? Parsed.of(new QemuNoted(event, text)) : null;
      }
    };
  }

  private static @Nullable Parsed memslot(String text) {
    Matcher match = MEMSLOT.matcher(text);
    if (!match.matches()) {
      return null;
    }
    int slot = (int) Long.parseLong(match.group("slot"));
    String space = match.group("space");
    return Parsed.of(
        new MemslotRequested(
            space == null ? SlotId.fromIoctl(slot) : new SlotId(Numbers.small(space), slot),
            new SlotFlags((int) Numbers.any(match.group("flags"))),
            Gpa.parse(match.group("gpa")),
            ByteSize.parse(match.group("size")),
            Hva.parse(match.group("ua")),
            Integer.parseInt(match.group("ret"))));
  }

  private static @Nullable Parsed access(String text, boolean read) {
    Matcher match = ACCESS.matcher(text);
    if (!match.matches()) {
      return null;
    }
    String name = match.group("name");
    String device = name == null ? "region " + match.group("mr") : name;
    Gpa address = Gpa.parse(match.group("addr"));
    int width = Integer.parseInt(match.group("size"));
    long value = Hex.parse(match.group("value"));
    String cpu = match.group("cpu");
    return new Parsed(
        cpu == null ? QemuLine.UNNAMED : Math.max(QemuLine.UNNAMED, Integer.parseInt(cpu)),
        false,
        read
            ? new DeviceRead(device, address, width, value)
            : new DeviceWritten(device, address, width, value));
  }

  /** Reads the arguments of accesses to regions quickly; null for all that is not of that form. */
  static @Nullable Parsed access(String event, TextCursor in, SharedWords words) {
    boolean read = READS.contains(event);
    if (!read && !WRITES.contains(event)) {
      return null;
    }
    int vcpu = in.tryText("cpu ") ? (int) in.decimal(5) : QemuLine.UNNAMED;
    in.tryText(" ");
    int region = in.text("mr 0x").mark();
    in.hex();
    int regionEnd = in.mark();
    long address = in.tryText(" addr ") ? in.hex() : in.text(" offset ").hex();
    long value = in.text(" value ").hex();
    int width = (int) in.text(" size ").decimal(3);
    if (!in.isOk() || regionEnd == region || !in.tryText(" name '")) {
      return null;
    }
    int name = in.mark();
    in.word();
    while (in.tryText(".") || in.tryText("-") || in.tryText(" ")) {
      in.word();
    }
    String device = in.isOk() ? words.since(in, name) : "";
    if (!in.text("'").isDone()) {
      return null;
    }
    Gpa gpa = new Gpa(address);
    return new Parsed(
        vcpu,
        false,
        read
            ? new DeviceRead(device, gpa, width, value)
            : new DeviceWritten(device, gpa, width, value));
  }

  private static @Nullable Parsed view(String text, char what) {
    Matcher match = VIEW.matcher(text);
    if (!match.matches()) {
      return null;
    }
    String view = match.group("view");
    String root = match.group("root");
    return Parsed.of(
        what == 'n' ? new FlatViewBuilt(view, root) : new FlatViewDropped(view, root, what == 'f'));
  }
}
