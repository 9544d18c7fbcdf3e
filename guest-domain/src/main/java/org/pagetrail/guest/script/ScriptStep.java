package org.pagetrail.guest.script;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.guest.step.End;
import org.pagetrail.guest.step.Expansion;
import org.pagetrail.guest.step.Poll;
import org.pagetrail.guest.step.Say;
import org.pagetrail.guest.step.Step;
import org.pagetrail.guest.step.Touch;

/** A line of a scenario's guest program. */
public sealed interface ScriptStep {

  /** The step of the program that this line stands for. */
  Step<Script> step(Citation rule);

  /**
   * One access.
   *
   * @param width bytes
   * @param value what is written; null for a read
   */
  record Do(AccessKind access, Gpa gpa, int width, @Nullable Long value) implements ScriptStep {
    @Override
    public Step<Script> step(Citation rule) {
      return new Touch<>(access, gpa, width, value, rule);
    }
  }

  /** A name for what follows. */
  record Name(String step) implements ScriptStep {
    @Override
    public Step<Script> step(Citation rule) {
      return new Say<>(step, rule);
    }
  }

  /** The end of the program. */
  record Reach(String milestone) implements ScriptStep {
    @Override
    public Step<Script> step(Citation rule) {
      return new End.Reached<>(milestone, rule);
    }
  }

  /**
   * Stores {@code command} and reads the same bytes until the masked bits have the wanted value.
   *
   * @param command what each turn stores first; null to only read
   */
  record PollUntil(Gpa gpa, int width, @Nullable Long command, long mask, long wanted)
      implements ScriptStep {
    @Override
    public Step<Script> step(Citation rule) {
      return new ScriptPoll(this, rule);
    }
  }

  /** The loop of a {@link PollUntil}. */
  record ScriptPoll(PollUntil line, Citation rule) implements Poll<Script> {
    @Override
    public List<TurnAccess> turn() {
      TurnAccess read = new TurnAccess(AccessKind.READ, line.gpa(), line.width(), null);
      return line.command() == null
          ? List.of(read)
          : List.of(
              new TurnAccess(AccessKind.WRITE, line.gpa(), line.width(), line.command()), read);
    }

    @Override
    public long mask() {
      return line.mask();
    }

    @Override
    public long wanted() {
      return line.wanted();
    }

    @Override
    public int turnsMax() {
      return 0;
    }

    @Override
    public Expansion<Script> ended(Script memory, long seen) {
      return Expansion.done(memory);
    }

    @Override
    public Expansion<Script> gaveUp(Script memory) {
      return Expansion.done(memory);
    }

    @Override
    public Expansion<Script> unknown(Script memory) {
      return new Expansion<>(
          List.of(new End.Stopped<>("polls " + line.gpa() + " and reads an unknown value", rule)),
          memory);
    }
  }
}
