package org.pagetrail.kvm.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.conform.Player;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** A run through the table is the run through the deciders. */
class BehaviourTest {
  private static final int DEPTH = 4;
  private static final int RUNS = 400;
  private static final RecordedHost HOST = RecordedHost.of(Arch.ARM64, ThpMode.ALWAYS);

  @ParameterizedTest
  @ValueSource(strings = {"anon_untouched", "anon_written_forked", "file_private", "memfd_sealed"})
  void everyRunThroughTheTableEndsAsThroughTheDeciders(String backing) {
    KernelModel plain = Kernels.of(Arch.ARM64, "6.1");
    KernelModel model = Fixes.apply(plain, Fixes.parse("bug-2014"));
    List<Operation> operations = Operation.of(Arch.ARM64, 2);
    List<Start> starts = List.of(new Start(backing, true), new Start(backing, false));
    Outcomes outcomes = new Outcomes();
    Atlas atlas = new Atlas(HOST, operations, Watch.NONE);
    Behaviour other = new Behaviour(plain, atlas, starts, outcomes);
    Behaviour table = new Behaviour(model, atlas, starts, outcomes);
    for (int i = 0; i < DEPTH; i++) {
      other.deepen();
      table.deepen();
    }
    for (int seed = 0; seed < RUNS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int start = random.nextInt(starts.size());
      Player first = new Player(model, HOST, starts.get(start).line(""));
      first.setUp();
      KvmState state = first.state();
      int node = table.start(start);
      List<Long> values = List.of();
      StringBuilder run = new StringBuilder(backing + " seed " + seed + " ");
      for (int depth = 1; depth <= DEPTH; depth++) {
        int operation = random.nextInt(operations.size());
        if (table.next(node, operation) == Behaviour.DISABLED) {
          continue;
        }
        run.append(operations.get(operation).letter());
        Player player =
            new Player(model, HOST, starts.get(start).line(""), state, depth, decision -> {});
        Step step = Step.play(player, Watch.NONE, operations.get(operation));

        assertThat(outcomes.get(table.seen(node, operation)).word())
            .as(run.toString())
            .isEqualTo(step.word());
        assertThat(value(table.loaded(node, operation), values, depth))
            .as(run.toString())
            .isEqualTo(step.loads() ? described(step.value()) : "no load");

        values = moved(table.move(node, operation), values, depth);
        node = table.next(node, operation);
        state = step.state();
        assertThat(values).as(run.toString()).isEqualTo(StateKeys.of(state).values());
      }
    }
  }

  private static String value(int loaded, List<Long> values, int stamp) {
    return loaded >= 0 ? described(source(loaded, values, stamp)) : Values.word(loaded);
  }

  private static String described(@Nullable Long value) {
    if (value == null) {
      return Values.word(Values.UNKNOWN);
    }
    return value == 0
        ? Values.word(Values.ZERO)
        : Values.isWritten(value) ? Long.toHexString(value) : Values.word(Values.CONSTANT);
  }

  private static List<Long> moved(String sources, List<Long> values, int stamp) {
    List<Long> moved = new ArrayList<>();
    sources.chars().forEach(source -> moved.add(source(source, values, stamp)));
    return moved;
  }

  private static Long source(int source, List<Long> values, int stamp) {
    if (source < Values.FRESH) {
      return values.get(source);
    }
    return source == Values.FRESH
        ? Player.HOST_VALUES + stamp
        : Player.GUEST_VALUES + 4L * stamp + source - Values.FRESH;
  }
}
