package org.pagetrail.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.GuestEvent.GuestHung;
import org.pagetrail.events.GuestEvent.GuestReached;
import org.pagetrail.events.GuestEvent.GuestStepped;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.guest.script.ScriptStep;
import org.pagetrail.guest.script.ScriptedProgram;

/** What the guest does next. */
class GuestDeciderTest {
  private static final Gpa WORD = new Gpa(0x4000000);

  private static final GuestAccessed STORE =
      new GuestAccessed(0, AccessKind.WRITE, WORD, 4, 0x700070L);
  private static final GuestAccessed LOAD = new GuestAccessed(0, AccessKind.READ, WORD, 4, null);

  private final GuestDecider twoStores =
      new GuestDecider(
          ScriptedProgram.of(
              new ScriptStep.Name("twice the same"),
              new ScriptStep.Do(AccessKind.WRITE, WORD, 4, 0x700070L),
              new ScriptStep.Do(AccessKind.WRITE, WORD, 4, 0x700070L),
              new ScriptStep.Reach("end")));

  private final GuestDecider poll =
      new GuestDecider(
          ScriptedProgram.of(
              new ScriptStep.PollUntil(WORD, 4, 0x700070L, 0x800080, 0x800080),
              new ScriptStep.Reach("ready")));

  @Test
  void aStartedVcpuNamesItsStepAndDoesItsFirstAccess() {
    assertThat(events(twoStores.decide(GuestState.RESET, new GuestCommand.Start(0))))
        .containsExactly(new GuestStepped(0, "twice the same"), STORE);
  }

  @Test
  void theNextAccessFollowsFromTheEndOfTheLast() {
    GuestAccessCompleted stored = completed(STORE, 0x700070L, Completion.MMIO);
    GuestState begun = after(twoStores, new GuestStepped(0, "twice the same"), STORE);
    GuestState ended = twoStores.evolve(begun, stored);

    assertThat(events(twoStores.decide(begun, new GuestCommand.Proceed(0, stored))))
        .as("asked before the state has seen the end")
        .containsExactly(STORE);
    assertThat(events(twoStores.decide(ended, new GuestCommand.Proceed(0, stored))))
        .as("asked after it")
        .containsExactly(STORE);
  }

  @Test
  void aProgramEndsOnce() {
    GuestAccessCompleted stored = completed(STORE, 0x700070L, Completion.MMIO);
    GuestState ended =
        after(twoStores, new GuestStepped(0, "twice the same"), STORE, stored, STORE, stored);

    assertThat(events(twoStores.decide(ended, new GuestCommand.Proceed(0, stored))))
        .containsExactly(new GuestReached("end"));
    assertThat(ended.isEnded(0)).isTrue();
  }

  @Test
  void aPollThatReadsBackItsOwnStoreTwiceIsHung() {
    GuestAccessCompleted stored = completed(STORE, 0x700070L, Completion.DIRECT);
    GuestAccessCompleted loaded = completed(LOAD, 0x700070L, Completion.DIRECT);
    GuestState once = after(poll, STORE, stored, LOAD, loaded);
    GuestState twice = after(poll, STORE, stored, LOAD, loaded, STORE, stored, LOAD, loaded);

    assertThat(events(poll.decide(once, new GuestCommand.Proceed(0, loaded))))
        .containsExactly(STORE);
    assertThat(events(poll.decide(twice, new GuestCommand.Proceed(0, loaded))))
        .containsExactly(new GuestHung(0, WORD, 0x700070, 0x800080, 0x800080));
  }

  @Test
  void aPollThatADeviceAnswersIsNotHungAfterTwoTurns() {
    GuestAccessCompleted stored = completed(STORE, 0x700070L, Completion.MMIO);
    GuestAccessCompleted loaded = completed(LOAD, 0L, Completion.MMIO);
    GuestState twice = after(poll, STORE, stored, LOAD, loaded, STORE, stored, LOAD, loaded);

    assertThat(events(poll.decide(twice, new GuestCommand.Proceed(0, loaded))))
        .containsExactly(STORE);
  }

  @Test
  void aPollEndsWhenTheBitsAreAsWanted() {
    GuestAccessCompleted stored = completed(STORE, 0x700070L, Completion.MMIO);
    GuestAccessCompleted loaded = completed(LOAD, 0x800080L, Completion.MMIO);
    GuestState once = after(poll, STORE, stored, LOAD, loaded);

    assertThat(events(poll.decide(once, new GuestCommand.Proceed(0, loaded))))
        .containsExactly(new GuestReached("ready"));
  }

  @Test
  void anAbortEndsAScriptThatDoesNotHandleIt() {
    GuestAccessCompleted aborted = completed(STORE, null, Completion.ABORTED);
    GuestState ended = after(twoStores, new GuestStepped(0, "twice the same"), STORE, aborted);

    assertThat(events(twoStores.decide(ended, new GuestCommand.Proceed(0, aborted))))
        .containsExactly(new GuestStepped(0, "stopped: WRITE at 0x4000000 was aborted"));
    assertThat(ended.isEnded(0)).isTrue();
  }

  @Test
  void aVcpuIsNotStartedTwice() {
    GuestState begun = after(twoStores, new GuestStepped(0, "twice the same"), STORE);

    assertThatThrownBy(() -> twoStores.decide(begun, new GuestCommand.Start(0)))
        .isInstanceOf(GuestCommandRefused.class)
        .hasMessage("vCPU 0 has already started");
  }

  @Test
  void theEndOfAnotherAccessIsRefused() {
    GuestState begun = after(twoStores, new GuestStepped(0, "twice the same"), STORE);
    GuestAccessCompleted other = completed(LOAD, 0L, Completion.DIRECT);

    assertThatThrownBy(() -> twoStores.decide(begun, new GuestCommand.Proceed(0, other)))
        .isInstanceOf(GuestCommandRefused.class)
        .hasMessageContaining("waits for no access");
  }

  private static GuestState after(GuestDecider decider, Event... events) {
    GuestState state = GuestState.RESET;
    for (Event event : events) {
      state = decider.evolve(state, event);
    }
    return state;
  }

  private static List<Event> events(List<Decision> decisions) {
    return decisions.stream().map(Decision::event).toList();
  }

  private static GuestAccessCompleted completed(
      GuestAccessed access, @Nullable Long value, Completion completion) {
    return new GuestAccessCompleted(
        access.vcpu(), access.access(), access.gpa(), access.width(), value, completion);
  }
}
