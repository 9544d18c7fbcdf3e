package org.pagetrail.store.contract;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.file.FileTrailLog;

class FileTrailLogContractTest extends TrailLogContract {
  @TempDir Path folder;

  @Override
  protected TrailLog write(String run) {
    return FileTrailLog.append(folder.resolve(run + ".trail"), run);
  }

  @Override
  protected TrailLog read(String run) {
    return FileTrailLog.open(folder.resolve(run + ".trail"));
  }
}
