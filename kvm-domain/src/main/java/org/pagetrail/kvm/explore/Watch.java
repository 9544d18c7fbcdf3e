package org.pagetrail.kvm.explore;

import java.util.SortedSet;
import java.util.TreeSet;
import org.pagetrail.events.trail.Decision;

/** Looks at a run from outside and says what is wrong in it: a fold over decisions. */
public interface Watch {

  /** Sees nothing. */
  Watch NONE =
      new Watch() {
        @Override
        public Watch fork() {
          return this;
        }

        @Override
        public void see(Decision decision) {}

        @Override
        public SortedSet<String> found() {
          return new TreeSet<>();
        }
      };

  /** A copy that goes on by itself. */
  Watch fork();

  /** The next decision of the run. */
  void see(Decision decision);

  /** The names of what is wrong now, or happened since the fork. */
  SortedSet<String> found();
}
