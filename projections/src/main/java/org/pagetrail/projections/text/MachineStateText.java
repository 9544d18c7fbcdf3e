package org.pagetrail.projections.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.projections.machine.FlatView;
import org.pagetrail.projections.machine.FrameContent;
import org.pagetrail.projections.machine.Frames;
import org.pagetrail.projections.machine.Hang;
import org.pagetrail.projections.machine.HostRange;
import org.pagetrail.projections.machine.KnownWord;
import org.pagetrail.projections.machine.MachineSnapshot;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.Milestone;
import org.pagetrail.projections.machine.Origin;
import org.pagetrail.projections.machine.Stage2Range;
import org.pagetrail.projections.machine.Vcpu;

/** The state of a machine as text: each part as ranges. */
public final class MachineStateText {
  private static final int WORDS_SHOWN = 6;
  private static final String STAGE_2_NOT_RECORDED =
      "Nothing was recorded of stage 2: no event maps, unmaps or faults into it.";

  private MachineStateText() {}

  /**
   * The lines.
   *
   * @param rowsMax how many rows of each part are shown
   * @param stage2Recorded whether any event of the whole trail is one of stage 2
   */
  public static List<String> lines(MachineSnapshot state, int rowsMax, boolean stage2Recorded) {
    List<String> lines = new ArrayList<>();
    String time = Plain.seconds(state.lastTimeNanos());
    lines.add(
        state.lastSeq() < 0
            ? "Before the first event"
            : "After event " + state.lastSeq() + (time.isEmpty() ? "" : " at " + time + " s"));
    if (state.run().eventsLost() > 0) {
      lines.addAll(
          Plain.wrapped(
              "The recorder lost "
                  + state.run().eventsLost()
                  + " events up to here: what is not shown, and not found, may have been.",
              "",
              "  "));
    }
    lines.addAll(flatView(state.flatView(), rowsMax));
    lines.addAll(slots(state.slots(), rowsMax));
    lines.addAll(stage2(state.stage2(), rowsMax, stage2Recorded));
    lines.addAll(hostPages(state.hostPages(), rowsMax));
    lines.addAll(contents(state.contents(), rowsMax));
    lines.addAll(guest(state));
    return lines;
  }

  private static List<String> flatView(FlatView view, int rowsMax) {
    if (view.ranges().isEmpty()) {
      return List.of("", "No flat view is known.");
    }
    Table table = new Table("guest", "kind", "region", "offset");
    for (FlatRange range : view.ranges()) {
      table.row(
          range.start() + "-" + range.lastByte(),
          range.kind().name(),
          range.region(),
          Hex.of(range.offset()));
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(
        Plain.wrapped(
            view.fromSlots()
                ? "Flat view: none recorded, this is what the memslots tell"
                : "Flat view of " + view.addressSpace() + ", event " + view.origin().seq(),
            "",
            ""));
    lines.addAll(table.lines(rowsMax));
    return lines;
  }

  private static List<String> slots(List<Memslot> slots, int rowsMax) {
    if (slots.isEmpty()) {
      return List.of("", "No memslots.");
    }
    Table table = new Table("slot", "guest", "flags", "host address", "event");
    for (Memslot slot : slots) {
      table.row(
          slot.id().toString(),
          slot.guest().toString(),
          slot.flags()
              + (slot.isReadOnly() ? " ro" : " rw")
              + (slot.flags().logsDirty() ? " log" : ""),
          slot.hva().toString(),
          Long.toString(slot.set().seq()));
    }
    return section("Memslots", table, rowsMax);
  }

  private static List<String> stage2(List<Stage2Range> ranges, int rowsMax, boolean recorded) {
    if (ranges.isEmpty()) {
      return List.of("", recorded ? "Stage 2 maps nothing." : STAGE_2_NOT_RECORDED);
    }
    Table table = new Table("guest", "pages", "perms", "type", "pfn", "events");
    for (Stage2Range range : ranges) {
      Pfn first = range.first();
      table.row(
          range.guest().toString(),
          range.pages() + (range.blockPages() > 1 ? " in blocks" : ""),
          range.perms().toString(),
          range.memoryType().name(),
          (first == null ? "scattered" : first.toString()) + (range.invalidated() ? " ?" : ""),
          events(range.firstSeq(), range.lastSeq()));
    }
    return section("Stage 2", table, rowsMax);
  }

  private static List<String> hostPages(List<HostRange> ranges, int rowsMax) {
    if (ranges.isEmpty()) {
      return List.of("", "Nothing is known of host pages.");
    }
    Table table = new Table("host", "pages", "kind", "access", "pfn", "events");
    for (HostRange range : ranges) {
      table.row(
          range.host().toString(),
          Long.toString(range.pages()),
          range.kind().name(),
          access(range.writable()),
          frames(range),
          events(range.firstSeq(), range.lastSeq()));
    }
    return section("Host pages", table, rowsMax);
  }

  private static String access(@Nullable Boolean writable) {
    return writable == null ? "" : writable ? "rw" : "ro";
  }

  private static String frames(HostRange range) {
    Pfn first = range.first();
    String text = first == null ? "" : first + (range.frames() == Frames.SAME ? " for all" : "");
    String scattered = first == null && range.frames() == Frames.SCATTERED ? "scattered" : "";
    boolean absent = range.kind() == PageKind.ABSENT;
    return (absent ? "" : text + scattered) + (range.doubted() ? " ?" : "");
  }

  private static List<String> contents(List<FrameContent> contents, int rowsMax) {
    if (contents.isEmpty()) {
      return List.of();
    }
    Table table = new Table("pfn", "words", "last by", "event");
    for (FrameContent content : contents) {
      KnownWord last = null;
      for (KnownWord word : content.words()) {
        last = last == null || word.origin().seq() > last.origin().seq() ? word : last;
      }
      Writer writer = last == null ? null : last.writer();
      Origin latest = last == null ? content.wholeSeen() : last.origin();
      table.row(
          content.pfn().toString(),
          content.words().isEmpty() ? "all zero" : text(content.words()),
          writer == null ? "seen" : writer.name().toLowerCase(Locale.ROOT),
          latest == null ? "" : Long.toString(latest.seq()));
    }
    return section("Content, as far as it is known", table, rowsMax);
  }

  private static String text(List<KnownWord> words) {
    StringBuilder text = new StringBuilder();
    for (KnownWord word : words.subList(0, Math.min(WORDS_SHOWN, words.size()))) {
      text.append(text.isEmpty() ? "" : " ")
          .append(Hex.of(word.offset()))
          .append(':')
          .append(Hex.of(word.value()));
    }
    int more = words.size() - WORDS_SHOWN;
    return more > 0 ? text + " +" + more : text.toString();
  }

  private static List<String> guest(MachineSnapshot guest) {
    Milestone outcome = guest.run().outcome();
    List<String> lines = new ArrayList<>();
    lines.add("");
    for (Vcpu vcpu : guest.vcpus()) {
      String where = vcpu.inGuest() ? "in the guest" : "stopped" + reason(vcpu.exitReason());
      lines.addAll(
          Plain.wrapped(
              "vCPU "
                  + vcpu.vcpu()
                  + " "
                  + where
                  + ", pc "
                  + Hex.of(vcpu.pc())
                  + ", event "
                  + vcpu.seq(),
              "",
              "  "));
    }
    Milestone step = guest.step();
    if (step != null) {
      lines.addAll(said("Guest step", step));
    }
    for (Milestone milestone : guest.milestones()) {
      lines.addAll(said("Guest reached", milestone));
    }
    Hang hang = guest.hang();
    if (hang != null) {
      lines.addAll(
          Plain.wrapped(
              "Guest hangs at "
                  + hang.poll().gpa()
                  + ": reads "
                  + Hex.of(hang.poll().seen())
                  + ", waits for "
                  + Hex.of(hang.poll().wanted())
                  + " in bits "
                  + Hex.of(hang.poll().mask())
                  + ", event "
                  + hang.origin().seq(),
              "",
              "  "));
    }
    if (outcome != null) {
      lines.addAll(said("Run ended", outcome));
    }
    return lines;
  }

  private static String reason(String reason) {
    return reason.isEmpty() ? "" : " (" + reason + ")";
  }

  private static List<String> said(String what, Milestone milestone) {
    return Plain.wrapped(
        what + ": " + milestone.text() + ", event " + milestone.origin().seq(), "", "  ");
  }

  private static String events(long first, long last) {
    return first == last ? Long.toString(first) : first + "-" + last;
  }

  private static List<String> section(String heading, Table table, int rowsMax) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(heading);
    lines.addAll(table.lines(rowsMax));
    return lines;
  }
}
