package org.pagetrail.guest.script;

import java.util.List;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.guest.GuestProgram;
import org.pagetrail.guest.GuestRule;
import org.pagetrail.guest.Turn;
import org.pagetrail.guest.step.Agenda;
import org.pagetrail.guest.step.End;
import org.pagetrail.guest.step.Step;

/**
 * A program that is a list of lines. Every vCPU that starts runs all of them.
 *
 * @param lines done in this order
 * @param afterFault what happens when an access ends with an abort or fails
 */
public record ScriptedProgram(List<ScriptStep> lines, AfterFault afterFault)
    implements GuestProgram {

  /** What a scripted guest does when an access is not done. */
  public enum AfterFault {
    /** Goes on with the next line, as a test program with an exception handler does. */
    CONTINUE,
    /** Ends. */
    STOP
  }

  /** The program is as the scenario says. */
  public static final GuestRule SCRIPTED =
      new GuestRule("guest/scripted", "the guest does what the scenario says", "the scenario");

  /** Copies the list. */
  public ScriptedProgram {
    lines = List.copyOf(lines);
  }

  /** A program that ends at the first access that is not done. */
  public static ScriptedProgram of(ScriptStep... lines) {
    return new ScriptedProgram(List.of(lines), AfterFault.STOP);
  }

  @Override
  public Turn start(int vcpu) {
    Citation rule = SCRIPTED.cite();
    List<Step<Script>> steps = lines.stream().map(line -> line.step(rule)).toList();
    return Agenda.start(vcpu, steps, Script.NOTHING, this::afterFault);
  }

  private List<Step<Script>> afterFault(GuestAccessCompleted completion) {
    return switch (afterFault) {
      case CONTINUE -> List.of();
      case STOP ->
          List.of(
              new End.Stopped<>(
                  "stopped: "
                      + completion.access()
                      + " at "
                      + completion.gpa()
                      + switch (completion.completion()) {
                        case ABORTED -> " was aborted";
                        case FAILED -> " failed";
                        case DIRECT, MMIO -> throw new AssertionError(completion);
                      },
                  SCRIPTED.cite()));
    };
  }
}
