package org.pagetrail.projections.ranges;

import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;

/**
 * Page numbers {@code first} to {@code first + pages - 1}.
 *
 * @param first the first page's number
 * @param pages how many; 0 for none
 */
public record PageSpan(long first, long pages) {
  /** No page number reaches this. */
  public static final long NUMBERS = 1L << (64 - PageSize.BASE_SHIFT);

  /** The pages that a guest physical range touches. */
  public static PageSpan of(GpaRange range) {
    return touched(range.start().value(), range.size());
  }

  /** The pages that a host virtual range touches. */
  public static PageSpan of(HvaRange range) {
    return touched(range.start().value(), range.size());
  }

  /** {@code pages} from {@code first} on, as far as page numbers go. */
  public static PageSpan clamped(long first, long pages) {
    return new PageSpan(first, Math.min(pages, NUMBERS - first));
  }

  private static PageSpan touched(long start, ByteSize size) {
    if (size.isZero()) {
      return new PageSpan(pageOf(start), 0);
    }
    long first = pageOf(start);
    return new PageSpan(first, pageOf(start + size.bytes() - 1) - first + 1);
  }

  /** The number of the page that holds an address. */
  public static long pageOf(long address) {
    return address >>> PageSize.BASE_SHIFT;
  }

  /** The page after the last one. */
  public long end() {
    return first + pages;
  }

  /** True for no page at all. */
  public boolean isEmpty() {
    return pages == 0;
  }

  /** True if the page is one of them. */
  public boolean contains(long page) {
    return page >= first && page < end();
  }

  /** The pages that both have. */
  public PageSpan intersect(PageSpan other) {
    long from = Math.max(first, other.first);
    return new PageSpan(from, Math.max(0, Math.min(end(), other.end()) - from));
  }

  /** The guest physical range of these pages; sizes above 2<sup>63</sup> - 1 are cut. */
  public GpaRange guest() {
    return new GpaRange(new Gpa(first << PageSize.BASE_SHIFT), bytes());
  }

  /** The host virtual range of these pages; sizes above 2<sup>63</sup> - 1 are cut. */
  public HvaRange host() {
    return new HvaRange(new Hva(first << PageSize.BASE_SHIFT), bytes());
  }

  private ByteSize bytes() {
    long max = Long.MAX_VALUE >>> PageSize.BASE_SHIFT;
    return new ByteSize(Math.min(pages, max) << PageSize.BASE_SHIFT);
  }
}
