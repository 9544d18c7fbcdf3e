package org.pagetrail.store.contract;

import org.axonframework.conversion.PassThroughConverter;
import org.axonframework.eventsourcing.eventstore.StorageEngineTestSuite;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.axon.TrailLogEngine;

/** Axon's own contract of a storage engine, on a kind of log. */
public abstract class EngineContract extends StorageEngineTestSuite<TrailLogEngine> {
  private @Nullable TrailLog log;

  /** An empty log, opened to write. */
  protected abstract TrailLog openLog() throws Exception;

  @Override
  protected TrailLogEngine buildStorageEngine() throws Exception {
    log = openLog();
    return TrailLogEngine.writing(log, PassThroughConverter.INSTANCE);
  }

  /** The engine needs none. */
  @Override
  protected @Nullable ProcessingContext processingContext() {
    return null;
  }

  @AfterAll
  void closeLog() {
    testSubject.close();
    if (log != null) {
      log.close();
    }
  }
}
