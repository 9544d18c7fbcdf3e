package org.pagetrail.guest.step;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Input;
import org.pagetrail.guest.GuestRule;

/**
 * The turns of a poll loop so far, as far as one can tell from them that it will never end. There
 * is no time-out: a loop hangs if its state provably repeats.
 *
 * @param last the accesses of the latest turn
 * @param turns how many turns there were
 * @param same how many of the latest turns were equal
 */
record PollHistory(List<GuestAccessCompleted> last, int turns, int same) {
  static final PollHistory NONE = new PollHistory(List.of(), 0, 0);

  PollHistory {
    last = List.copyOf(last);
  }

  PollHistory after(List<GuestAccessCompleted> turn) {
    return new PollHistory(turn, turns + 1, turn.equals(last) ? same + 1 : 1);
  }

  /** The rule by which the loop hangs, if it does. */
  Optional<Citation> withoutProgress() {
    if (same >= HangRules.SAME_TURNS_IN_MEMORY && isServedByMemory() && readsBackItsOwnStore()) {
      return Optional.of(cite(HangRules.POLL_WITHOUT_PROGRESS));
    }
    if (same >= HangRules.SAME_TURNS_OF_A_FLASH && isServedByDevice()) {
      return Optional.of(cite(HangRules.POLL_OF_A_FLASH_WITHOUT_PROGRESS));
    }
    return Optional.empty();
  }

  private boolean isServedByMemory() {
    return last.stream().allMatch(access -> access.completion() == Completion.DIRECT);
  }

  private boolean isServedByDevice() {
    return last.stream().anyMatch(access -> access.completion() == Completion.MMIO);
  }

  /** The latest store to the bytes that the turn's read returned has exactly its value. */
  private boolean readsBackItsOwnStore() {
    GuestAccessCompleted read = last.getLast();
    for (GuestAccessCompleted access : last.subList(0, last.size() - 1).reversed()) {
      if (access.access().writes()
          && access.gpa().equals(read.gpa())
          && access.width() == read.width()) {
        return Objects.equals(access.value(), read.value());
      }
    }
    return false;
  }

  private Citation cite(GuestRule rule) {
    return rule.cite(Input.of("turns", turns), Input.of("same", same));
  }
}
