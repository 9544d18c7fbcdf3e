package org.pagetrail.store.contract;

import org.pagetrail.store.TrailLog;
import org.pagetrail.store.contract.MemoryTrailLog.Memory;

/** The log that other tests use must keep the contract itself. */
class MemoryTrailLogTest extends TrailLogContract {
  private final Memory memory = new Memory();

  @Override
  protected TrailLog write(String run) {
    return MemoryTrailLog.write(memory, run);
  }

  @Override
  protected TrailLog read(String run) {
    return MemoryTrailLog.read(memory, run);
  }
}
