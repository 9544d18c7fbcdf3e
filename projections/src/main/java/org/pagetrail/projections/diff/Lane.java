package org.pagetrail.projections.diff;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.trail.TrailEntry;

/** One of two trails that are laid side by side: its stimuli that were not compared yet. */
final class Lane {
  /**
   * An entry that is compared.
   *
   * @param told its event in terms of the guest
   */
  record Item(TrailEntry entry, Event told) {}

  /** A stimulus and what followed it, up to the next one. */
  static final class Section {
    final @Nullable Object key;
    final @Nullable TrailEntry stimulus;
    private @Nullable Deque<Item> items;
    private boolean complete;
    private boolean passedOver;

    private Section(@Nullable Object key, @Nullable TrailEntry stimulus) {
      this.key = key;
      this.stimulus = stimulus;
    }

    /** True if no more follows. */
    boolean isComplete() {
      return complete;
    }

    /** What follows the stimulus and was not taken, null if there is nothing. */
    @Nullable Item peek() {
      return items == null ? null : items.peek();
    }

    /** Takes what {@link #peek} shows. */
    void take() {
      if (items != null) {
        items.remove();
      }
    }

    /** The rest is of no interest. */
    void passOver() {
      passedOver = true;
      items = null;
    }

    private void add(Item item) {
      if (!passedOver) {
        items = items == null ? new ArrayDeque<>() : items;
        items.add(item);
      }
    }
  }

  private final Deque<Section> sections = new ArrayDeque<>();
  private @Nullable TrailEntry before;
  private boolean ended;

  Lane() {
    sections.add(new Section(null, null));
  }

  /** The next stimulus of the trail. */
  void stimulus(Object key, TrailEntry entry) {
    complete();
    sections.add(new Section(key, entry));
  }

  /** The next consequence of its last stimulus. */
  void consequence(Item item) {
    Section last = sections.peekLast();
    if (last != null) {
      last.add(item);
    }
  }

  /** The trail ends. */
  void end() {
    complete();
    ended = true;
  }

  private void complete() {
    Section last = sections.peekLast();
    if (last != null) {
      last.complete = true;
    }
  }

  /** The first section that was not compared, null if there is none. */
  @Nullable Section head() {
    return sections.peek();
  }

  /** The sections that were not compared, the first one first. */
  Iterable<Section> sections() {
    return sections;
  }

  /** True if there are so many sections, or all that there will ever be. */
  boolean reaches(int count) {
    return ended || sections.size() >= count;
  }

  /** The stimulus before the first section, null if there is none. */
  @Nullable TrailEntry before() {
    return before;
  }

  /** Leaves the first section behind. */
  void pass() {
    before = Objects.requireNonNull(sections.poll()).stimulus;
  }

  /** Leaves all behind. */
  void clear() {
    sections.clear();
  }
}
