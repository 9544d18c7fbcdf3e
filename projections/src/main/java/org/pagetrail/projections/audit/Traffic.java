package org.pagetrail.projections.audit;

import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.KvmEvent.MmioExited;

/**
 * What went through the page since it was mapped, as far as the trail tells.
 *
 * @param readExits accesses handed on as MMIO reads
 * @param writeExits accesses handed on as MMIO writes
 * @param directReads reads that are known to have ended in memory
 * @param directWrites writes that are known to have ended in memory
 */
public record Traffic(long readExits, long writeExits, long directReads, long directWrites) {
  static final Traffic NONE = new Traffic(0, 0, 0, 0);

  Traffic and(Event event) {
    return switch (event) {
      case MmioExited exit when exit.write() ->
          new Traffic(readExits, writeExits + 1, directReads, directWrites);
      case MmioExited exit -> new Traffic(readExits + 1, writeExits, directReads, directWrites);
      case GuestAccessCompleted done when done.completion() == Completion.DIRECT ->
          done.access().writes()
              ? new Traffic(readExits, writeExits, directReads, directWrites + 1)
              : new Traffic(readExits, writeExits, directReads + 1, directWrites);
      default -> this;
    };
  }
}
