package org.pagetrail.kvm.explore;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.conform.Player;

/**
 * One operation in one state, played through the deciders.
 *
 * @param state where it leads
 * @param word how it ended: for the guest as in the tables, for others ok or the errno
 * @param value what a load found, null if it is not known
 * @param loads whether it was a load that memory answered
 * @param found what was found
 */
record Step(
    KvmState state, String word, @Nullable Long value, boolean loads, SortedSet<String> found) {
  private static final long LOW_WORD = 0xffffffffL;
  private static final int WORD = 4;

  /** What the table adds while the zero page is dirty; the finding says the same. */
  private static final String ZERO_DIRTY = "!ZERO";

  /** Plays an operation. */
  static Step play(Player player, Watch watch, Operation operation) {
    String row = player.step(operation.letter());
    String word = row.substring(0, row.indexOf('[')).replace(ZERO_DIRTY, "");
    if (operation.isGuest()) {
      word = word.substring(2);
    } else {
      int error = word.indexOf('!');
      word = error < 0 ? "ok" : word.substring(error + 1);
    }
    Long value = null;
    boolean loads = false;
    for (Decision decision : player.decisions()) {
      if (decision.event() instanceof GuestAccessCompleted done
          && done.completion() == Completion.DIRECT) {
        boolean load = !done.access().writes() && done.access() != AccessKind.EXECUTE;
        if (load && !loads) {
          loads = true;
          value = done.value();
        }
        if (done.access() == AccessKind.WRITE_EXCLUSIVE && done.value() == null) {
          word += ", store lost";
        }
      }
    }
    if (operation == Operation.HOST_READ && word.equals("ok")) {
      loads = true;
      value = player.state().host().read(player.address(), WORD);
    }
    return new Step(
        player.state(),
        word,
        value == null ? null : Long.valueOf(value & LOW_WORD),
        loads,
        watch.found());
  }
}
