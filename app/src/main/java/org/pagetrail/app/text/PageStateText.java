package org.pagetrail.app.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.store.fold.HostPageState;
import org.pagetrail.store.fold.PageState;
import org.pagetrail.store.fold.Slot;
import org.pagetrail.store.fold.Stage2Page;

/** What is known of one guest page, as text. */
public final class PageStateText {
  private PageStateText() {}

  /**
   * The lines.
   *
   * @param stage2Recorded whether any event of the whole trail is one of stage 2
   */
  public static List<String> lines(PageState page, long seq, boolean stage2Recorded) {
    String when = seq < 0 ? "before the first event" : "after event " + seq;
    String rows =
        new Columns("")
            .row("slot", slot(page.slot()))
            .row("host", host(page))
            .row("stage 2", stage2(page.stage2(), stage2Recorded))
            .text();
    return List.of("Guest page " + page.gfn().gpa() + " " + when, rows.stripTrailing());
  }

  private static String slot(@Nullable Slot slot) {
    return slot == null
        ? "no memslot holds it"
        : slot.id()
            + (slot.flags().isReadOnly() ? ", read-only, " : ", ")
            + slot.guest()
            + " at "
            + slot.hva()
            + ", set by event "
            + slot.setSeq();
  }

  private static String host(PageState page) {
    HostPageState host = page.host();
    if (host == null) {
      return page.hva() == null ? "-" : page.hva() + ", nothing is known of it";
    }
    Boolean writable = host.writable();
    String access = writable == null ? "" : writable ? ", writable" : ", not writable";
    return page.hva()
        + ", "
        + host.kind()
        + (host.pfn() == null ? "" : ", pfn " + host.pfn())
        + access
        + ", said by event "
        + host.seq()
        + (host.doubted() < 0 ? "" : ", in doubt since event " + host.doubted());
  }

  private static String stage2(@Nullable Stage2Page page, boolean recorded) {
    if (page == null) {
      return recorded ? "maps nothing" : "not recorded: no event of the trail is about it";
    }
    long leafBytes = page.leafPages() * ByteSize.PAGE.bytes();
    return "pfn "
        + page.pfn()
        + " "
        + page.perms()
        + " "
        + page.memoryType()
        + " in an entry of "
        + new ByteSize(leafBytes)
        + (page.accessed() ? "" : ", not accessed")
        + ", mapped by event "
        + page.mappedSeq()
        + (page.changedSeq() == page.mappedSeq() ? "" : ", changed by event " + page.changedSeq());
  }
}
