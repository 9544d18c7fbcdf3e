package org.pagetrail.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.KvmCommand;

/**
 * What a snapshot's runs of pages ask of the model. A snapshot cuts a huge page into its head and
 * its tail, because their flags differ; here the head stands for the whole.
 */
final class SnapshotPages {
  private static final long BLOCK_PAGES = PageSize.BLOCK_BYTES / PageSize.BASE_BYTES;

  private SnapshotPages() {}

  static List<KvmCommand> commandsFor(PagesSeen seen) {
    return switch (seen.kind()) {
      case ABSENT -> List.of();
      case ANONYMOUS_HUGE, HUGE_ZERO_PAGE, PAGE_CACHE_HUGE, HUGETLB ->
          isMappedByBlocks(seen) ? blocks(seen) : List.of(state(seen, seen.first()));
      default -> List.of(state(seen, seen.contiguous() ? seen.first() : null));
    };
  }

  /** A block entry needs frame and address congruent; otherwise base entries map the huge page. */
  private static boolean isMappedByBlocks(PagesSeen seen) {
    Pfn first = seen.first();
    long page = seen.range().start().value() / PageSize.BASE_BYTES;
    return first == null || Math.floorMod(first.value() - page, BLOCK_PAGES) == 0;
  }

  private static List<KvmCommand> blocks(PagesSeen seen) {
    List<KvmCommand> blocks = new ArrayList<>();
    Hva start = seen.range().start();
    long past = seen.range().size().bytes();
    for (long at = Math.floorMod(-start.value(), PageSize.BLOCK_BYTES);
        at < past;
        at += PageSize.BLOCK_BYTES) {
      Pfn first = seen.contiguous() || past == PageSize.BASE_BYTES ? seen.first() : null;
      blocks.add(
          new KvmCommand.StatePage(
              start.plus(at),
              ByteSize.BLOCK,
              first == null ? null : first.plus(at / PageSize.BASE_BYTES),
              seen.kind(),
              isWritable(seen)));
    }
    return blocks;
  }

  private static KvmCommand state(PagesSeen seen, @Nullable Pfn first) {
    PageKind kind = seen.kind() == PageKind.ANONYMOUS_HUGE ? PageKind.ANONYMOUS : seen.kind();
    return new KvmCommand.StatePage(
        seen.range().start(), seen.range().size(), first, kind, isWritable(seen));
  }

  /** A private page that nobody else maps is written without a fault. */
  private static boolean isWritable(PagesSeen seen) {
    return switch (seen.kind()) {
      case ANONYMOUS, ANONYMOUS_HUGE, HUGETLB -> seen.exclusive();
      case PAGE_CACHE, PAGE_CACHE_HUGE, DEVICE -> true;
      default -> false;
    };
  }
}
