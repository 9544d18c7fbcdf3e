package org.pagetrail.guest.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Citation;

/**
 * One access of one turn of a poll loop.
 *
 * @param poll the loop
 * @param past the turns before this one, as far as progress is judged by them
 * @param turn the accesses of this turn that have ended
 */
record PollAccess<M>(Poll<M> poll, PollHistory past, List<GuestAccessCompleted> turn)
    implements Access<M> {
  PollAccess {
    turn = List.copyOf(turn);
  }

  static <M> PollAccess<M> firstOf(Poll<M> poll) {
    return new PollAccess<>(poll, PollHistory.NONE, List.of());
  }

  private Poll.TurnAccess current() {
    return poll.turn().get(turn.size());
  }

  @Override
  public AccessKind access() {
    return current().access();
  }

  @Override
  public Gpa gpa() {
    return current().gpa();
  }

  @Override
  public int width() {
    return current().width();
  }

  @Override
  public @Nullable Long value() {
    return current().value();
  }

  @Override
  public Citation rule() {
    return poll.rule();
  }

  @Override
  public Expansion<M> answered(M memory, GuestAccessCompleted completion) {
    List<GuestAccessCompleted> done = new ArrayList<>(turn);
    done.add(completion);
    if (done.size() < poll.turn().size()) {
      return again(memory, past, done);
    }
    Long seen = completion.value();
    if (seen == null) {
      return poll.unknown(memory);
    }
    if ((seen & poll.mask()) == poll.wanted()) {
      return poll.ended(memory, seen);
    }
    PollHistory history = past.after(done);
    Optional<Citation> hung = history.withoutProgress();
    if (poll.turnsMax() == 0 && hung.isPresent()) {
      return new Expansion<>(
          List.of(
              new End.Hung<>(
                  completion.gpa(), seen, poll.mask(), poll.wanted(), hung.orElseThrow())),
          memory);
    }
    if (poll.turnsMax() != 0 && (hung.isPresent() || history.turns() == poll.turnsMax())) {
      return gaveUp(memory, history, hung);
    }
    return again(memory, history, List.of());
  }

  /** A loop with a limit reaches it; turns that are known to be the same are not done here. */
  private Expansion<M> gaveUp(M memory, PollHistory history, Optional<Citation> same) {
    Expansion<M> end = poll.gaveUp(memory);
    int left = poll.turnsMax() - history.turns();
    if (same.isEmpty() || left == 0) {
      return end;
    }
    List<Step<M>> steps = new ArrayList<>();
    steps.add(
        new Say<>(
            "polls " + left + " more times without progress and gives up", same.orElseThrow()));
    steps.addAll(end.steps());
    return new Expansion<>(steps, end.memory());
  }

  private Expansion<M> again(M memory, PollHistory history, List<GuestAccessCompleted> done) {
    return new Expansion<>(List.of(new PollAccess<>(poll, history, done)), memory);
  }
}
