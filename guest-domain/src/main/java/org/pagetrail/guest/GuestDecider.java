package org.pagetrail.guest;

import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.GuestEvent.GuestHung;
import org.pagetrail.events.GuestEvent.GuestStepped;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.guest.GuestState.VcpuState;

/**
 * Decides what the guest does next.
 *
 * <p>The trail's order is: the guest's access, what the other layers make of it, its {@code
 * GuestAccessCompleted}, then {@link GuestCommand.Proceed} with that event. {@link #evolve} must be
 * shown every event of the trail in that order; {@link #decide} may be asked before or after {@code
 * evolve} has seen the completion.
 */
public final class GuestDecider {
  private final GuestProgram program;

  /** A decider for vCPUs that all run {@code program}. */
  public GuestDecider(GuestProgram program) {
    this.program = program;
  }

  /**
   * The events of a command: steps that the program begins, then its next access; or how it hung or
   * what it reached. Empty if the program has ended.
   *
   * @throws GuestCommandRefused if the vCPU is already started, is not started, or waits for
   *     another access than the one that ended
   */
  public List<Decision> decide(GuestState state, GuestCommand command) {
    return switch (command) {
      case GuestCommand.Start start -> {
        if (state.isStarted(start.vcpu())) {
          throw new GuestCommandRefused("vCPU " + start.vcpu() + " has already started");
        }
        yield program.start(start.vcpu()).decisions();
      }
      case GuestCommand.Proceed proceed -> proceed(state, proceed.completion());
    };
  }

  private static List<Decision> proceed(GuestState state, GuestAccessCompleted completion) {
    VcpuState vcpu = state.vcpu(completion.vcpu());
    if (vcpu == null) {
      throw new GuestCommandRefused("vCPU " + completion.vcpu() + " has not started");
    }
    if (!vcpu.begun() && completion.equals(vcpu.last())) {
      return vcpu.turn().decisions();
    }
    return vcpu.position() == null ? List.of() : turn(vcpu, completion).decisions();
  }

  /** The state after an event; events of other layers change nothing. */
  public GuestState evolve(GuestState state, Event event) {
    return switch (event) {
      case GuestStepped stepped -> started(state, stepped.vcpu());
      case GuestHung hung -> started(state, hung.vcpu());
      case GuestAccessed accessed -> begun(started(state, accessed.vcpu()), accessed);
      case GuestAccessCompleted completed -> ended(state, completed);
      default -> state;
    };
  }

  private GuestState started(GuestState state, int vcpu) {
    return state.isStarted(vcpu)
        ? state
        : state.with(vcpu, VcpuState.after(null, program.start(vcpu)));
  }

  private static GuestState begun(GuestState state, GuestAccessed accessed) {
    VcpuState vcpu = state.vcpu(accessed.vcpu());
    ProgramPosition position = vcpu == null ? null : vcpu.position();
    if (vcpu == null || position == null || !position.awaited().equals(accessed)) {
      throw new GuestCommandRefused(
          "the program of vCPU " + accessed.vcpu() + " does not do " + accessed + " here");
    }
    return state.with(accessed.vcpu(), vcpu.withAccessBegun());
  }

  private static GuestState ended(GuestState state, GuestAccessCompleted completed) {
    VcpuState vcpu = state.vcpu(completed.vcpu());
    if (vcpu == null) {
      throw new GuestCommandRefused("vCPU " + completed.vcpu() + " has not started");
    }
    return state.with(completed.vcpu(), VcpuState.after(completed, turn(vcpu, completed)));
  }

  private static Turn turn(VcpuState vcpu, GuestAccessCompleted completion) {
    ProgramPosition position = vcpu.position();
    if (position == null || !vcpu.begun() || !isEndOf(position.awaited(), completion)) {
      throw new GuestCommandRefused(
          "vCPU " + completion.vcpu() + " waits for no access that " + completion + " could end");
    }
    return position.proceed(completion);
  }

  private static boolean isEndOf(GuestAccessed access, GuestAccessCompleted completion) {
    return access.access() == completion.access()
        && access.gpa().equals(completion.gpa())
        && access.width() == completion.width();
  }
}
