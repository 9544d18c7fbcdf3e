package org.pagetrail.store.fold;

import java.util.ArrayList;
import java.util.List;

/**
 * Two states that were one up to some entry. Each goes on by itself; what they are compared in is
 * what either changed since, and nothing else.
 */
public final class Fork implements AutoCloseable {
  private final FoldedState left;
  private final FoldedState right;

  /** Forks a state, which stays as it is and may be closed. */
  public Fork(FoldedState common) {
    left = common.forkNoting();
    right = common.forkNoting();
  }

  /** The one side. */
  public FoldedState left() {
    return left;
  }

  /** The other side. */
  public FoldedState right() {
    return right;
  }

  /**
   * What the two know differently.
   *
   * @param listed the first of it
   * @param guestFrames how many guest frames in all
   * @param hostPages how many host pages in all
   * @param leftSlots the memslots that only the left has
   * @param rightSlots the memslots that only the right has
   */
  public record Differences(
      List<PageDifference> listed,
      long guestFrames,
      long hostPages,
      List<Slot> leftSlots,
      List<Slot> rightSlots) {
    /** Copies the lists. */
    public Differences {
      listed = List.copyOf(listed);
      leftSlots = List.copyOf(leftSlots);
      rightSlots = List.copyOf(rightSlots);
    }

    /** True if the two know the same. */
    public boolean isEmpty() {
      return guestFrames == 0 && hostPages == 0 && leftSlots.isEmpty() && rightSlots.isEmpty();
    }
  }

  /**
   * Compares the two as they are now.
   *
   * @param listedMax how many differences are listed
   */
  public Differences compare(int listedMax) {
    Comparison guest = new Comparison(FoldedTable.STAGE_2, listedMax);
    guest.run();
    Comparison host = new Comparison(FoldedTable.HOST, listedMax - guest.listed.size());
    host.run();
    List<PageDifference> listed = new ArrayList<>(guest.listed);
    listed.addAll(host.listed);
    return new Differences(
        listed, guest.pages, host.pages, onlyIn(left, right), onlyIn(right, left));
  }

  /** The slots of one that the other lacks; which events set them does not count. */
  private static List<Slot> onlyIn(FoldedState one, FoldedState other) {
    List<Slot> there = other.slots().stream().map(Fork::withoutEvents).toList();
    return one.slots().stream().filter(slot -> !there.contains(withoutEvents(slot))).toList();
  }

  private static Slot withoutEvents(Slot slot) {
    return new Slot(slot.id(), slot.flags(), slot.guest(), slot.hva(), 0, 0);
  }

  /** The comparison of one table. */
  private final class Comparison {
    private final FoldedTable table;
    private final int listedMax;
    private final RunTable ours;
    private final RunTable theirs;
    private final List<PageDifference> listed = new ArrayList<>();
    private long pages;

    private long first;
    private long end = -1;
    private long our0;
    private long their0;
    private long our1;
    private long our2;
    private long their1;
    private long their2;

    private Comparison(FoldedTable table, int listedMax) {
      this.table = table;
      this.listedMax = listedMax;
      this.ours = table.in(left);
      this.theirs = table.in(right);
    }

    /** Goes over the pages that either side changed. */
    private void run() {
      Marks our = table.in(left.changes());
      Marks their = table.in(right.changes());
      for (long at = 0; at < RunTable.PAGES; ) {
        our.seek(at);
        their.seek(at);
        long upTo = Math.min(our.end(), their.end());
        if (our.word(0) != 0 || their.word(0) != 0) {
          compare(at, upTo);
        }
        at = upTo;
      }
      note();
    }

    private void compare(long from, long to) {
      for (long at = from; at < to; ) {
        ours.seek(at);
        theirs.seek(at);
        long upTo = Math.min(to, Math.min(ours.end(), theirs.end()));
        if (!isSame(at)) {
          differ(at, upTo);
        }
        at = upTo;
      }
    }

    private boolean isSame(long page) {
      long our = ours.wordAt(page);
      long their = theirs.wordAt(page);
      if (table == FoldedTable.STAGE_2) {
        return our == their;
      }
      boolean sameDoubt = ours.word(2) < 0 == theirs.word(2) < 0;
      return HostWord.ofOnePage(our) == HostWord.ofOnePage(their) && sameDoubt;
    }

    /** Takes pages that differ; those that go on like the ones before are one difference. */
    private void differ(long from, long to) {
      long our = ours.wordAt(from);
      long their = theirs.wordAt(from);
      pages += to - from;
      boolean goesOn =
          end == from
              && table.further(our0, from - first) == our
              && table.further(their0, from - first) == their;
      if (!goesOn) {
        note();
        first = from;
        our0 = our;
        our1 = ours.word(1);
        our2 = ours.word(2);
        their0 = their;
        their1 = theirs.word(1);
        their2 = theirs.word(2);
      }
      end = to;
    }

    private void note() {
      if (end >= 0 && listed.size() < listedMax) {
        listed.add(
            table == FoldedTable.STAGE_2
                ? new PageDifference.OfGuest(
                    first,
                    end - first,
                    our0 == 0 ? null : Stage2Word.page(our0, our1, our2),
                    their0 == 0 ? null : Stage2Word.page(their0, their1, their2))
                : new PageDifference.OfHost(
                    first,
                    end - first,
                    our0 == 0 ? null : HostWord.page(our0, our1, our2),
                    their0 == 0 ? null : HostWord.page(their0, their1, their2)));
      }
      end = -1;
    }
  }

  @Override
  public void close() {
    left.close();
    right.close();
  }
}
