package org.pagetrail.traceimport.pagemap;

import java.util.List;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.traceimport.capture.PageRun;

/** What kind of page the kernel's page flags describe. */
public final class PageKinds {
  private PageKinds() {}

  /** The kind of the pages of a run; the first flag of the order below decides. */
  public static PageKind of(PageRun run) {
    return of(run.present(), run.swapped(), run.file(), run.exclusive(), run.flags());
  }

  /** The same of pages that these bits of pagemap and these names of flags describe. */
  public static PageKind of(
      boolean present, boolean swapped, boolean file, boolean exclusive, List<String> flags) {
    if (!present) {
      return swapped ? PageKind.UNKNOWN : PageKind.ABSENT;
    }
    boolean huge = flags.contains("THP");
    if (flags.contains("NOPAGE")) {
      return PageKind.DEVICE;
    }
    if (flags.contains("HWPOISON")) {
      return PageKind.POISONED;
    }
    if (flags.contains("ZERO_PAGE")) {
      return huge ? PageKind.HUGE_ZERO_PAGE : PageKind.ZERO_PAGE;
    }
    if (flags.contains("HUGE")) {
      return PageKind.HUGETLB;
    }
    if (flags.contains("KSM") && !huge && !exclusive) {
      // From 6.10 to 6.18 every anonymous page has this flag. What KSM merged is small and, but for
      // the last that is left, mapped more than once.
      return PageKind.KSM;
    }
    if (flags.contains("ANON")) {
      return huge ? PageKind.ANONYMOUS_HUGE : PageKind.ANONYMOUS;
    }
    if (flags.contains("RESERVED")) {
      return PageKind.RESERVED_RAM;
    }
    if (file) {
      return huge ? PageKind.PAGE_CACHE_HUGE : PageKind.PAGE_CACHE;
    }
    return PageKind.UNKNOWN;
  }
}
