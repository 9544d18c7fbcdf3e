package org.pagetrail.kvm.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.kvm.model.Arch;

/**
 * Not outcomes alone: every fault, lookup, notifier call and stage 2 change of the recorded arm64
 * steps, in order.
 */
class RecordedDecisionsTest {
  private static final Pattern SLOT = Pattern.compile("memslot: slot=1 .* ua=0x(\\w+)");

  static Stream<Path> tables() throws IOException {
    return RecordedTablesTest.tables().filter(t -> RecordedTablesTest.archOf(t) == Arch.ARM64);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyFaultAndEveryChangeOfStage2IsInTheModelsDecisions(Path table) throws IOException {
    Map<String, List<StepResult>> modelled = model(table);
    List<RecordedStep> recorded = RecordedStep.read(recordOf(table));
    Set<Long> hvas = slotHvas(recorded);
    boolean newer = recorded.stream().anyMatch(s -> s.trace().stream().anyMatch(ArmTrace::isNewer));
    UnaryOperator<List<String>> seen = recordable(recorded, hvas);
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (RecordedStep step : recorded) {
      List<StepResult> scenario = modelled.get(step.scenario());
      StepResult result = scenario == null ? null : scenario.get(step.step());
      if (result == null || result.isNoise() || isWriteAfterChildExited(step)) {
        continue;
      }
      compared++;
      List<String> expected = seen.apply(ArmTrace.words(step.trace(), hvas, newer));
      List<String> got = seen.apply(ModelTrace.words(result.decisions()));
      if (expected.stream().noneMatch(word -> word.startsWith("device "))) {
        got.removeIf(word -> word.startsWith("device "));
      }
      if (!step.whole()) {
        got = got.subList(0, Math.min(got.size(), expected.size()));
      }
      if (!expected.equals(got)) {
        wrong.add(step.scenario() + " #" + step.step() + "\n  " + expected + "\n  " + got);
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(compared).as("steps compared").isPositive();
  }

  /**
   * The words that the probes of the recording could tell: from 6.13 on there is no function of the
   * lookup to probe and from 6.14 on none of the memslot ioctl, without which host addresses belong
   * to no slot; from 6.2 to 6.12 the lookup's argument is not whether it is for a write.
   */
  private static UnaryOperator<List<String>> recordable(List<RecordedStep> steps, Set<Long> hvas) {
    List<String> all =
        steps.stream().flatMap(step -> ArmTrace.words(step.trace(), hvas, false).stream()).toList();
    boolean lookups = all.stream().anyMatch(word -> word.startsWith("lookup "));
    boolean writes = all.stream().anyMatch(word -> word.contains(" write 1 FOUND"));
    return words -> {
      List<String> told = new ArrayList<>();
      for (String word : words) {
        boolean untold =
            (word.startsWith("lookup ") && !lookups)
                || (word.startsWith("invalidated ") && hvas.isEmpty());
        if (!untold) {
          told.add(
              word.startsWith("lookup ") && !writes ? word.replaceFirst(" write \\d", "") : word);
        }
      }
      return told;
    };
  }

  /**
   * Whether such a write copies the page depends on references that other processors have not yet
   * dropped; either way it ends the same.
   */
  private static boolean isWriteAfterChildExited(RecordedStep step) {
    return step.scenario().endsWith(" WfRWR") && step.step() == 3;
  }

  private static Map<String, List<StepResult>> model(Path table) throws IOException {
    Conformance conformance =
        new Conformance(RecordedTablesTest.kernelOf(table), RecordedTablesTest.hostOf(table));
    Map<String, List<StepResult>> modelled = new HashMap<>();
    for (String line : Files.readAllLines(table)) {
      List<StepResult> results = conformance.compare(line);
      modelled.put(results.getFirst().scenario(), results);
    }
    return modelled;
  }

  private static Path recordOf(Path table) {
    String name = table.getFileName().toString().replace(".table.txt", ".jsonl.xz");
    return table.resolveSibling(name);
  }

  private static Set<Long> slotHvas(List<RecordedStep> steps) {
    Set<Long> hvas = new TreeSet<>();
    for (RecordedStep step : steps) {
      for (String line : step.trace()) {
        Matcher slot = SLOT.matcher(line);
        if (slot.matches()) {
          hvas.add(Long.parseUnsignedLong(slot.group(1), 16));
        }
      }
    }
    return hvas;
  }
}
