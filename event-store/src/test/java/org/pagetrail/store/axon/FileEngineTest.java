package org.pagetrail.store.axon;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.contract.EngineContract;
import org.pagetrail.store.file.FileTrailLog;

/** Axon's contract on a trail in a file. */
class FileEngineTest extends EngineContract {
  @TempDir static Path folder;

  @Override
  protected TrailLog openLog() {
    return FileTrailLog.append(folder.resolve("suite.trail"), "suite");
  }
}
