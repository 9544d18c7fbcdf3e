package org.pagetrail.qemu.captures;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.FlatViewDropped;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.qemu.QemuCommand;
import org.pagetrail.qemu.QemuCommand.DispatchRead;
import org.pagetrail.qemu.QemuCommand.DispatchWrite;
import org.pagetrail.qemu.QemuCommand.PowerOn;
import org.pagetrail.qemu.QemuDecider;
import org.pagetrail.qemu.QemuModel;
import org.pagetrail.qemu.QemuState;
import org.pagetrail.qemu.slot.SlotTable;

/** Gives the model the machine and the recorded accesses to flash, and collects both traces. */
final class BootReplay {
  private static final Map<String, Long> BASES =
      Map.of("virt.flash0", 0L, "virt.flash1", 0x400_0000L);

  private static final long ECAM = 0x40_1000_0000L;

  private final QemuDecider decider;
  private final List<String> recorded = new ArrayList<>();
  private final List<String> predicted = new ArrayList<>();
  private final List<FlatViewCommitted> committed = new ArrayList<>();
  private final CapturedBoot boot;
  private QemuState state = QemuState.INITIAL;
  private List<FlatViewCommitted> committedAtStart = List.of();
  private SlotTable slotsAtStart = SlotTable.EMPTY;
  private boolean monitorAsked;

  private BootReplay(CapturedBoot boot) {
    this.boot = boot;
    this.decider = new QemuDecider(QemuModel.of(boot.release()));
  }

  static BootReplay of(CapturedBoot boot) {
    BootReplay replay = new BootReplay(boot);
    replay.take(new PowerOn(boot.spec()));
    replay.committedAtStart = List.copyOf(replay.committed);
    replay.slotsAtStart = replay.state.slots(0);
    replay.monitorAsked = true;
    for (TraceLine line : boot.log()) {
      replay.take(line);
    }
    return replay;
  }

  /** The lines of the trace, of the kinds that the model decides. */
  List<String> recorded() {
    return withRootsNumbered(recorded);
  }

  /** The same from the model. */
  List<String> predicted() {
    return withRootsNumbered(predicted);
  }

  /** QEMU names roots by pointers, the model by regions: both become numbers as they appear. */
  private static List<String> withRootsNumbered(List<String> lines) {
    Map<String, Integer> roots = new HashMap<>();
    List<String> numbered = new ArrayList<>(lines.size());
    for (String line : lines) {
      if (line.startsWith("flatview")) {
        int blank = line.indexOf(' ');
        int number = roots.computeIfAbsent(line.substring(blank + 1), root -> roots.size());
        numbered.add(line.substring(0, blank) + " root " + number);
      } else {
        numbered.add(line);
      }
    }
    return numbered;
  }

  /** What the address spaces show once the machine is built. */
  List<FlatViewCommitted> committedAtStart() {
    return committedAtStart;
  }

  SlotTable slotsAtStart() {
    return slotsAtStart;
  }

  CapturedBoot boot() {
    return boot;
  }

  @Override
  public String toString() {
    return boot.toString();
  }

  private void take(TraceLine line) {
    switch (line.event()) {
      case "memory_region_ops_write" -> {
        int width = line.number("size");
        long value = turned(line.region(), line.hex("value"), width);
        take(new DispatchWrite(0, gpa(line), width, value));
        recorded.add(normal(line));
      }
      // A device's answer is traced after the flash says what it did.
      case "pflash_io_read" -> {
        long gpa = BASES.getOrDefault(line.device(), 0L) + line.hex("offset");
        take(new DispatchRead(0, new Gpa(gpa), line.number("size")));
        recorded.add(normal(line));
      }
      case "memory_region_ops_read" -> {
        if (!BASES.containsKey(line.region())) {
          take(new DispatchRead(0, gpa(line), line.number("size")));
        }
        recorded.add(normal(line));
      }
      case "kvm_set_user_memory", "flatview_new", "flatview_destroy_rcu" ->
          recorded.add(normal(line));
      default -> {
        if (line.event().startsWith("pflash_")) {
          recorded.add(normal(line));
        }
      }
    }
  }

  /** The trace counts an address through containers; this region is reached through an alias. */
  private static Gpa gpa(TraceLine line) {
    long address = line.hex("addr");
    return new Gpa(line.region().equals("pcie-mmcfg-mmio") ? ECAM + address : address);
  }

  /** The trace has the device's value; these registers are big-endian, the guest is not. */
  private static long turned(String region, long value, int width) {
    return region.startsWith("fwcfg.") ? Long.reverseBytes(value) >>> (64 - 8 * width) : value;
  }

  private static String normal(TraceLine line) {
    if (line.event().startsWith("flatview")) {
      String root = line.arguments().replaceAll(".*root (.*)\\)", "$1");
      return line.event() + " " + root;
    }
    String text = line.withoutPointers().replaceAll(" counter:0x[0-9a-f]*", "");
    return withoutAnswer(text);
  }

  /** Only the flash's answers are known. */
  private static String withoutAnswer(String text) {
    boolean answer = text.startsWith("memory_region_ops_read") && !text.contains("virt.flash");
    return answer ? text.replaceAll("value 0x[0-9a-f]*", "value ?") : text;
  }

  private void take(QemuCommand command) {
    for (Decision decision : decider.decide(state, command)) {
      Event event = decision.event();
      state = decider.evolve(state, event);
      if (event instanceof FlatViewCommitted view) {
        committed.add(view);
      }
      if (event instanceof FlatViewDropped dropped && isKeptByTheMonitor(dropped)) {
        continue;
      }
      String text = TraceText.of(event);
      if (text != null) {
        predicted.add(withoutAnswer(text));
      }
    }
  }

  /**
   * Before the guest ran, the monitor was asked {@code info mtree -f}. It takes one reference to a
   * view for each address space that shows it and returns one, so that this view is never freed.
   */
  private boolean isKeptByTheMonitor(FlatViewDropped dropped) {
    boolean kept = monitorAsked && dropped.root().equals("system");
    monitorAsked &= !kept;
    return kept;
  }
}
