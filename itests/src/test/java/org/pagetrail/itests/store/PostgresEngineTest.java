package org.pagetrail.itests.store;

import org.pagetrail.store.TrailLog;
import org.pagetrail.store.contract.EngineContract;
import org.pagetrail.store.postgres.PostgresTrailLog;

/** Axon's contract on a trail in PostgreSQL. */
class PostgresEngineTest extends EngineContract {
  @Override
  protected TrailLog openLog() {
    return PostgresTrailLog.write(PostgresServer.shared().newDatabase(), "suite");
  }
}
