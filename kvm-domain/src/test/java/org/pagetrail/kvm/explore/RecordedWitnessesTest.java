package org.pagetrail.kvm.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** The shortest runs on 6.1 are looked up in what real kernels of 6.1 did. */
class RecordedWitnessesTest {
  private static final Path TABLES = Path.of("../captures/tables");
  private static final RecordedHost HOST = RecordedHost.of(Arch.ARM64, ThpMode.MADVISE);
  private static final KernelModel PLAIN = Kernels.of(Arch.ARM64, "6.1");
  private static final KernelModel BUG = Fixes.apply(PLAIN, Fixes.parse("bug-2014"));

  /** Backings whose tables do not depend on chance. */
  private static final List<String> BACKINGS =
      List.of("anon_untouched", "anon_protread", "file_private", "devmem_flash");

  @Test
  void rowsOfShortestRunsAreAsRecordedWhereverATableBeginsSo() throws IOException {
    List<Start> starts =
        Start.all(Arch.ARM64).stream().filter(s -> BACKINGS.contains(s.backing())).toList();
    Exploration found = new Explorer(HOST, starts, 2, Watch.NONE).compare(BUG, PLAIN, 3, 1_000_000);

    assertThat(found.witnesses()).isNotEmpty();
    assertThat(agreeing(found, BUG, "arm64-6.1-bug2014")).isGreaterThan(5);
    assertThat(agreeing(found, PLAIN, "arm64-6.1-stock")).isGreaterThan(5);
    assertThat(agreeing(found, PLAIN, "arm64-6.1-debian")).isGreaterThan(5);
  }

  /** How many witnesses have a row; each of them must agree, step by step. */
  private static int agreeing(Exploration found, KernelModel model, String folder)
      throws IOException {
    List<TableLine> recorded = recorded(folder);
    int agreeing = 0;
    for (Witness witness : found.witnesses()) {
      List<String> steps = TableLine.parse(witness.row(model, HOST)).steps();
      for (TableLine line : recorded) {
        if (line.sequence().startsWith(witness.sequence())
            && witness.start().equals(new Start(line.backing(), line.readOnly()))) {
          assertThat(steps)
              .as("%s %s", folder, line.scenario())
              .isEqualTo(line.steps().subList(0, steps.size()));
          agreeing++;
          break;
        }
      }
    }
    return agreeing;
  }

  private static List<TableLine> recorded(String folder) throws IOException {
    List<TableLine> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(TABLES.resolve(folder))) {
      List<Path> tables =
          files
              .filter(f -> f.toString().matches(".*(thpmadvise|devmem_\\w+)\\.table\\.txt"))
              .toList();
      for (Path table : tables) {
        Files.readAllLines(table).stream()
            .map(TableLine::parse)
            .filter(line -> !line.logged() && line.failure().isEmpty())
            .forEach(lines::add);
      }
    }
    return lines;
  }
}
