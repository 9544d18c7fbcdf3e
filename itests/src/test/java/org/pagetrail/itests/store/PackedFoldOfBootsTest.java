package org.pagetrail.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.projections.machine.MachineState;
import org.pagetrail.projections.ranges.Run;
import org.pagetrail.store.TrailFile;
import org.pagetrail.store.file.FileTrailLog;
import org.pagetrail.store.fold.FoldedState;
import org.pagetrail.store.fold.PackedFold;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.ImportOptions;

/** The packed fold of whole recorded boots of UEFI. */
class PackedFoldOfBootsTest {
  private static final Path BOOTS = Path.of("..", "captures", "boots");
  private static final int BLOCKS_BETWEEN_LOOKS = 4;
  private static final MachineProjection OBJECTS = new MachineProjection();

  @TempDir Path folder;

  static Stream<Path> boots() throws IOException {
    try (Stream<Path> folders = Files.list(BOOTS)) {
      return folders.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  private MachineState objects = OBJECTS.initial();
  private int blocks;

  @ParameterizedTest
  @MethodSource("boots")
  void bothFoldsOfABootKnowTheSameOfEveryPageAllTheWay(Path boot) {
    Trail recorded = CaptureImporter.importFolder(boot, ImportOptions.DEFAULT).trail();
    Path file = folder.resolve("boot.trail");
    TrailFile.write(file, "boot", recorded);

    try (FileTrailLog log = FileTrailLog.open(file);
        FoldedState packed = FoldedState.empty()) {
      PackedFold fold = new PackedFold(log.reader().layouts());
      log.reader()
          .eachBlock(
              0,
              (firstSeq, count, records) -> {
                fold.fold(packed, firstSeq, records, Long.MAX_VALUE);
                for (long seq = firstSeq; seq < firstSeq + count; seq++) {
                  objects = OBJECTS.apply(objects, recorded.entries().get((int) seq));
                }
                if (++blocks % BLOCKS_BETWEEN_LOOKS == 0 || packed.lastSeq() == log.size() - 1) {
                  assertThat(BothFolds.differences(objects, packed))
                      .as("%s after event %d", boot, packed.lastSeq())
                      .isEmpty();
                }
                return true;
              });
      assertThat(packed.lastSeq()).isEqualTo(recorded.entries().size() - 1L);
    }
    assertThat(objects.stage2().entries().stream().mapToLong(Run::pages).sum()).isGreaterThan(500);
  }
}
