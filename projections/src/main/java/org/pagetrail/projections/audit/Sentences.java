package org.pagetrail.projections.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.machine.FlatView;
import org.pagetrail.projections.machine.KnownWord;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.machine.Memslot;
import org.pagetrail.projections.machine.PageContent;
import org.pagetrail.projections.machine.RamBlock;
import org.pagetrail.projections.machine.Stage2Entry;

/**
 * Says in three sentences what a mail about a page would say: what it is, why so, what followed.
 */
final class Sentences {
  private static final int WORDS_SHOWN = 4;

  private final History history;
  private final Page page;
  private final MachineState state;
  private final List<Finding> findings;

  Sentences(History history, List<Finding> findings) {
    this.history = history;
    this.page = history.page();
    this.state = history.state();
    this.findings = findings;
  }

  List<String> all() {
    boolean isUnmapped = history.story() == null && history.mapping() == null;
    if (isUnmapped && history.stage2Recorded() && findings.isEmpty()) {
      List<String> sentences = NoMemslot.sentences(page, state);
      if (!sentences.isEmpty()) {
        return sentences;
      }
    }
    return List.of(whatItIs(), whySo(), whatFollowed());
  }

  private String whatItIs() {
    return "Guest page " + page.gpa() + region() + slot() + mapped() + ".";
  }

  private String region() {
    FlatView view = state.monitor().committed();
    FlatRange range = view == null ? null : view.at(page.gpa());
    RamBlock block = page.block(state);
    if (range != null) {
      return " is in " + range.region() + " (" + Phrases.region(range.kind()) + ")";
    }
    return block == null ? "" : " is in RAM block " + block.name();
  }

  private String slot() {
    Memslot slot = state.slots().at(page.gpa());
    if (slot == null) {
      return ", in no memslot";
    }
    return ", memslot "
        + slot.id()
        + " ("
        + Phrases.flags(slot.flags())
        + "), host address "
        + slot.hvaOf(page.gpa());
  }

  private String mapped() {
    Stage2Entry mapping = history.mapping();
    MappingStory story = history.story();
    if (mapping != null) {
      return "; stage 2 maps it "
          + mapping.perms()
          + " "
          + Phrases.type(mapping.memoryType())
          + " to pfn "
          + mapping.pfn()
          + ", "
          + Phrases.kind(state.kindOf(mapping.pfn()));
    }
    if (story == null) {
      return history.stage2Recorded()
          ? "; stage 2 never mapped it"
          : "; nothing was recorded of stage 2";
    }
    TrailEntry end = story.end();
    return "; stage 2 maps nothing there" + (end == null ? "" : " since event " + end.seq());
  }

  private String whySo() {
    MappingStory story = history.story();
    if (story == null) {
      return history.stage2Recorded()
          ? "No event maps it."
          : "No event of the trail maps, unmaps or faults into stage 2, here or elsewhere.";
    }
    return "Event "
        + story.mapping().seq()
        + time(story.mapping())
        + " mapped it"
        + as(story.mapping())
        + after(story.fault())
        + found(story.lookup())
        + taken(story.decision())
        + rule(story.mapping())
        + changed(story.change())
        + ".";
  }

  private static String as(TrailEntry entry) {
    return entry.event() instanceof Stage2Mapped mapped
        ? " " + mapped.perms() + " " + Phrases.type(mapped.memoryType())
        : "";
  }

  private static String after(@Nullable TrailEntry entry) {
    if (entry == null || !(entry.event() instanceof Stage2Faulted fault)) {
      return "; no fault before it is recorded";
    }
    return " after a "
        + Phrases.access(fault.access())
        + " of "
        + fault.gpa()
        + Phrases.pc(fault.pc())
        + " missed stage 2";
  }

  private static String found(@Nullable TrailEntry entry) {
    if (entry == null || !(entry.event() instanceof PfnResolved lookup)) {
      return "";
    }
    Pfn pfn = lookup.pfn();
    Boolean writable = lookup.writable();
    String may = writable == null ? "" : writable ? ", writable" : ", not writable";
    String kind = lookup.kind() == PageKind.UNKNOWN ? "" : ", " + Phrases.kind(lookup.kind());
    return "; the lookup for "
        + (lookup.write() ? "write" : "read")
        + " found "
        + (pfn == null ? "no page" : "pfn " + pfn)
        + kind
        + may
        + by(entry);
  }

  private static String taken(@Nullable TrailEntry entry) {
    if (entry == null || !(entry.event() instanceof DeviceDecided decided)) {
      return "; how KVM told device from memory is not recorded";
    }
    String may = decided.writable() ? "writable" : "not writable";
    return "; KVM took the page, "
        + may
        + " for the guest, for "
        + (decided.device() ? "a device" : "memory")
        + by(entry);
  }

  private static String rule(TrailEntry mapping) {
    return mapping.rule() == null ? "" : "; mapped so" + by(mapping);
  }

  private static String changed(@Nullable TrailEntry change) {
    return change == null ? "" : "; event " + change.seq() + " changed its permissions";
  }

  private String whatFollowed() {
    List<String> parts = new ArrayList<>();
    Set<String> said = new HashSet<>();
    for (Finding finding : findings) {
      String detail = finding.detail();
      boolean isNews = said.stream().noneMatch(earlier -> earlier.contains(detail));
      said.add(detail);
      parts.add(
          finding.kind().sentence()
              + (isNews && !detail.isEmpty() ? ": " + detail : "")
              + when(finding)
              + shownBy(finding));
    }
    String verdict = parts.isEmpty() ? nothingFound() : "Found: " + String.join("; ", parts);
    return verdict + traffic() + content() + ".";
  }

  private String nothingFound() {
    return history.stage2Recorded()
        ? "Nothing on this page contradicts its memslot"
        : "Whether stage 2 contradicts its memslot cannot be told";
  }

  private static String shownBy(Finding finding) {
    String standing = finding.standing().name().toLowerCase(Locale.ROOT);
    String seqs =
        finding.evidence().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return " (" + standing + ", events " + seqs + ")";
  }

  private static String when(Finding finding) {
    String since = finding.isOpen() ? " since event " + finding.firstSeq() : "";
    String until = finding.closedSeq() == null ? "" : " until event " + finding.closedSeq();
    return since + until;
  }

  private String traffic() {
    if (history.story() == null) {
      return "";
    }
    Traffic t = history.traffic();
    Memslot slot = state.slots().at(page.gpa());
    String exits =
        t.writeExits() == 0
            ? "no write exit was recorded"
            : t.writeExits()
                + " write exit"
                + (t.writeExits() == 1 ? " was" : "s were")
                + " recorded";
    String direct =
        t.directWrites() == 0
            ? ""
            : ", "
                + t.directWrites()
                + " write"
                + (t.directWrites() == 1 ? "" : "s")
                + " went to memory";
    boolean readOnly = slot != null && slot.isReadOnly();
    return (readOnly || t.writeExits() > 0 ? "; since the mapping " + exits : "")
        + (readOnly ? direct : "");
  }

  private String content() {
    Stage2Entry mapping = history.mapping();
    PageContent content = mapping == null ? null : state.host().contentOf(mapping.pfn());
    if (content == null) {
      return "";
    }
    List<KnownWord> words =
        content.words().stream().filter(word -> word.value() != 0).limit(WORDS_SHOWN + 1L).toList();
    if (words.isEmpty()) {
      return "";
    }
    String text =
        words.stream()
            .limit(WORDS_SHOWN)
            .map(word -> Hex.of(word.offset()) + ":" + Hex.of(word.value()))
            .collect(Collectors.joining(" "));
    Standing weakest =
        words.stream()
            .map(word -> word.origin().standing())
            .max(Standing::compareTo)
            .orElse(Standing.OBSERVED);
    return "; the page holds "
        + text
        + (words.size() > WORDS_SHOWN ? " and more" : "")
        + standing(weakest);
  }

  private static String by(TrailEntry entry) {
    Citation rule = entry.rule();
    return rule == null
        ? standing(entry.standing())
        : " (rule " + rule.rule() + ", " + rule.source() + ")";
  }

  private static String standing(Standing standing) {
    return switch (standing) {
      case OBSERVED -> " (observed)";
      case DERIVED -> " (derived)";
      case ASSUMED -> " (assumed)";
      case UNKNOWN -> " (unknown)";
    };
  }

  private static String time(TrailEntry entry) {
    Long nanos = entry.timeNanos();
    return nanos == null ? "" : " at " + Seconds.text(nanos) + " s";
  }
}
