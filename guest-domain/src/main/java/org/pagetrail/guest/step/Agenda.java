package org.pagetrail.guest.step;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.GuestEvent.GuestStepped;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.guest.ProgramPosition;
import org.pagetrail.guest.Turn;

/**
 * A vCPU that works through steps.
 *
 * @param vcpu its number
 * @param awaitedStep the access that has not ended
 * @param rest the steps after it
 * @param memory what the program remembers
 * @param faults what becomes of the program when an access fails
 */
public record Agenda<M>(
    int vcpu, Access<M> awaitedStep, @Nullable Rest<M> rest, M memory, FaultHandling<M> faults)
    implements ProgramPosition {

  /** What follows when an access is not done: the program may know better than to stop. */
  @FunctionalInterface
  public interface FaultHandling<M> {
    /** The steps after an access that ended with an abort or not at all. */
    List<Step<M>> afterFault(GuestAccessCompleted completion);
  }

  /** Steps still to be done, shared between positions. */
  record Rest<M>(Step<M> first, @Nullable Rest<M> next) {}

  /** Begins with {@code steps}. */
  public static <M> Turn start(
      int vcpu, List<? extends Step<M>> steps, M memory, FaultHandling<M> faults) {
    return run(vcpu, push(steps, null), memory, faults);
  }

  @Override
  public GuestAccessed awaited() {
    return accessed(vcpu, awaitedStep);
  }

  @Override
  public Turn proceed(GuestAccessCompleted completion) {
    return switch (completion.completion()) {
      case DIRECT, MMIO -> {
        Expansion<M> expansion = awaitedStep.answered(memory, completion);
        yield run(vcpu, push(expansion.steps(), rest), expansion.memory(), faults);
      }
      case ABORTED, FAILED -> run(vcpu, push(faults.afterFault(completion), rest), memory, faults);
    };
  }

  private static <M> Turn run(
      int vcpu, @Nullable Rest<M> agenda, M begin, FaultHandling<M> faults) {
    List<Decision> decisions = new ArrayList<>();
    M memory = begin;
    Rest<M> rest = agenda;
    while (rest != null) {
      Step<M> step = rest.first();
      rest = rest.next();
      switch (step) {
        case Say<M>(String text, Citation rule) ->
            decisions.add(new Decision(new GuestStepped(vcpu, text), rule));
        case Compound<M> compound -> {
          Expansion<M> expansion = compound.expand(memory);
          memory = expansion.memory();
          rest = push(expansion.steps(), rest);
        }
        case End<M> end -> {
          decisions.add(new Decision(end.event(vcpu), end.rule()));
          return new Turn(decisions, null);
        }
        case Access<M> access -> {
          decisions.add(new Decision(accessed(vcpu, access), access.rule()));
          return new Turn(decisions, new Agenda<>(vcpu, access, rest, memory, faults));
        }
      }
    }
    return new Turn(decisions, null);
  }

  private static <M> @Nullable Rest<M> push(List<? extends Step<M>> steps, @Nullable Rest<M> rest) {
    Rest<M> pushed = rest;
    for (Step<M> step : steps.reversed()) {
      pushed = new Rest<>(step, pushed);
    }
    return pushed;
  }

  private static GuestAccessed accessed(int vcpu, Access<?> access) {
    return new GuestAccessed(vcpu, access.access(), access.gpa(), access.width(), access.value());
  }
}
