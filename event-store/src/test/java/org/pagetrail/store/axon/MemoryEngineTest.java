package org.pagetrail.store.axon;

import org.pagetrail.store.TrailLog;
import org.pagetrail.store.contract.EngineContract;
import org.pagetrail.store.contract.MemoryTrailLog;

/** Axon's contract on the simplest log. */
class MemoryEngineTest extends EngineContract {
  @Override
  protected TrailLog openLog() {
    return MemoryTrailLog.write(new MemoryTrailLog.Memory(), "suite");
  }
}
