package org.pagetrail.projections.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.machine.Milestone;

/** Findings as text: what, where, when, on what evidence. */
public final class FindingsText {
  private FindingsText() {}

  /** The lines; one that says so if there is no finding. */
  public static List<String> lines(List<Finding> findings) {
    return lines(findings, null);
  }

  /**
   * The lines, of a replay that its recording does not lead to its end.
   *
   * @param left where the guest would have left the recording, null if nowhere
   */
  public static List<String> lines(List<Finding> findings, @Nullable Milestone left) {
    if (findings.isEmpty()) {
      return List.of("No findings.");
    }
    List<String> lines = new ArrayList<>();
    for (Finding finding : findings) {
      lines.addAll(lines(finding));
      if (left != null && finding.firstSeq() > left.origin().seq()) {
        lines.addAll(
            Plain.wrapped(
                "after event " + left.origin().seq() + ", where the recording was left",
                "    ",
                "    "));
      }
    }
    return lines;
  }

  /** One finding. */
  static List<String> lines(Finding finding) {
    List<String> lines =
        new ArrayList<>(
            Plain.wrapped(finding.kind().anchor() + ": " + finding.kind().sentence(), "", "    "));
    lines.addAll(Plain.wrapped(where(finding), "    ", "    "));
    lines.addAll(Plain.wrapped(when(finding), "    ", "    "));
    if (!finding.detail().isEmpty()) {
      lines.addAll(Plain.wrapped(finding.detail(), "    ", "    "));
    }
    return lines;
  }

  private static String where(Finding finding) {
    List<String> parts = new ArrayList<>();
    SlotId slot = finding.slot();
    GpaRange guest = finding.guest();
    Pfn pfn = finding.pfn();
    if (guest != null) {
      parts.add("guest " + guest);
    }
    if (slot != null) {
      parts.add("memslot " + slot);
    }
    if (pfn != null) {
      parts.add(finding.pages() > 1 ? "pfn from " + pfn : "pfn " + pfn);
    }
    if (finding.pages() > 1) {
      parts.add(finding.pages() + " pages");
    }
    return parts.isEmpty() ? "the run as a whole" : String.join(", ", parts);
  }

  private static String when(Finding finding) {
    Long closed = finding.closedSeq();
    String end = closed == null ? "" : ", until event " + closed;
    String open = finding.isOpen() ? ", still so at the end" : "";
    String span =
        finding.firstSeq() == finding.lastSeq()
            ? "event " + finding.firstSeq()
            : "events " + finding.firstSeq() + " to " + finding.lastSeq();
    String often = finding.count() == 1 ? "" : ", " + finding.count() + " times";
    String evidence =
        finding.evidence().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return span
        + often
        + end
        + open
        + "; "
        + finding.standing().name().toLowerCase(Locale.ROOT)
        + ", shown by "
        + evidence;
  }
}
