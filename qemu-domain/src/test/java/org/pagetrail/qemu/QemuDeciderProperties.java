package org.pagetrail.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.QemuEvent.Refused;
import org.pagetrail.events.RunEvent.FlashBacking;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.qemu.QemuCommand.PowerOn;
import org.pagetrail.qemu.board.BoardSpec;
import org.pagetrail.qemu.board.FlashSpec;
import org.pagetrail.qemu.board.KvmCapabilities;
import org.pagetrail.qemu.region.Region;
import org.pagetrail.qemu.region.ViewRange;
import org.pagetrail.qemu.region.Wide;
import org.pagetrail.qemu.slot.Slot;

/** Laws that hold for every release, whatever is asked of it. */
class QemuDeciderProperties {
  private static final int RUNS = 25;
  private static final int COMMANDS = 60;
  private static final long PAGE = 4096;

  @ParameterizedTest
  @CsvSource({
    "virt, 2.1",
    "virt, 2.2",
    "virt, 2.8",
    "virt, 2.12",
    "virt, 4.2",
    "virt, 7.2.22",
    "virt, 10.2",
    "q35, 2.3",
    "q35, 7.2.22",
    "q35, 10.2",
    "pc, 2.8",
    "pc, 9.0"
  })
  void theFoldOfTheDecisionsIsWhatTheDeciderHadInMind(String board, String release) {
    QemuDecider decider = new QemuDecider(QemuModel.of(release));
    int refused = 0;
    for (long seed = 0; seed < RUNS; seed++) {
      RandomCommands commands = new RandomCommands(new SplittableRandom(seed));
      QemuState state = QemuState.INITIAL;
      for (int i = 0; i < COMMANDS; i++) {
        QemuCommand command = i == 0 ? powerOn(board, release) : commands.next();
        Draft draft = decider.draft(state, command);
        assertThat(decider.decide(state, command))
            .as("seed %d, again: %s", seed, command)
            .isEqualTo(draft.decisions());
        for (Decision decision : draft.decisions()) {
          refused += decision.event() instanceof Refused ? 1 : 0;
          state = decider.evolve(state, decision.event());
        }
        assertThat(state).as("seed %d after %s", seed, command).isEqualTo(draft.state());
      }
    }
    assertThat(refused).as("refusals").isBetween(1, RUNS * COMMANDS / 2);
  }

  @ParameterizedTest
  @CsvSource({
    "virt, 2.2",
    "virt, 2.8",
    "virt, 2.12",
    "virt, 4.2",
    "virt, 7.2.22",
    "virt, 10.2",
    "q35, 2.8",
    "q35, 7.2.22",
    "q35, 10.2",
    "pc, 2.3",
    "pc, 9.0"
  })
  void memslotsCoverExactlyTheMemoryThatTheFlatViewShows(String board, String release) {
    QemuDecider decider = new QemuDecider(QemuModel.of(release));
    int compared = 0;
    for (long seed = 0; seed < RUNS; seed++) {
      RandomCommands commands = new RandomCommands(new SplittableRandom(seed));
      QemuState state = QemuState.INITIAL;
      for (int i = 0; i < COMMANDS; i++) {
        QemuCommand command = i == 0 ? powerOn(board, release) : commands.next();
        for (Decision decision : decider.decide(state, command)) {
          state = decider.evolve(state, decision.event());
        }
        for (AddressSpace space : state.spaces().spaces()) {
          if (space.kvmAddressSpace() >= 0) {
            List<String> shown = shownPages(state, space);
            assertThat(slotPages(state, space.kvmAddressSpace()))
                .as("seed %d, %s after %s", seed, space.name(), command)
                .isEqualTo(shown);
            compared += shown.size();
          }
        }
      }
    }
    assertThat(compared).as("ranges compared").isGreaterThan(RUNS * COMMANDS);
  }

  private static PowerOn powerOn(String board, String release) {
    if (board.equals("virt")) {
      return new PowerOn(Monitor.virtSpec(release, List.of()));
    }
    FlashSpec code = new FlashSpec(FlashBacking.FILE, new ByteSize(0x20_0000), "code.fd");
    return new PowerOn(
        BoardSpec.of(board, release, Monitor.RAM, List.of(code), KvmCapabilities.X86));
  }

  /** Whole pages with a slot: {@code first-end>hva}, joined where memory goes on. */
  private static List<String> slotPages(QemuState state, int kvmAddressSpace) {
    Runs runs = new Runs();
    List<Slot> slots = new ArrayList<>(state.slots(kvmAddressSpace).slots());
    slots.sort((a, b) -> a.gpa().compareTo(b.gpa()));
    for (Slot slot : slots) {
      runs.add(slot.gpa().value(), slot.size().bytes(), slot.hva().value());
    }
    return runs.lines();
  }

  private static List<String> shownPages(QemuState state, AddressSpace space) {
    Runs runs = new Runs();
    for (ViewRange range : space.view().ranges()) {
      Region region = state.tree().get(range.region());
      if (region.isRam() || region.isRomd()) {
        long start = range.start().low();
        long first = (start + PAGE - 1) & -PAGE;
        Wide rest = range.end().minus(Wide.ofUnsigned(first));
        long bytes = rest.isNegative() || first < start ? 0 : rest.low() & -PAGE;
        long hva = Objects.requireNonNull(state.blocks().get(region.id())).hva().value();
        runs.add(first, bytes, hva + range.offset().low() + first - start);
      }
    }
    return runs.lines();
  }

  /** Ascending runs of guest memory that lies in one piece in the host. */
  private static final class Runs {
    private final List<long[]> runs = new ArrayList<>();

    void add(long gpa, long bytes, long hva) {
      if (bytes == 0) {
        return;
      }
      long[] last = runs.isEmpty() ? new long[3] : runs.getLast();
      if (!runs.isEmpty() && last[0] + last[1] == gpa && last[2] + last[1] == hva) {
        last[1] += bytes;
      } else {
        runs.add(new long[] {gpa, bytes, hva});
      }
    }

    List<String> lines() {
      TreeSet<String> lines = new TreeSet<>();
      for (long[] run : runs) {
        lines.add(
            Long.toHexString(run[0])
                + "+"
                + Long.toHexString(run[1])
                + ">"
                + Long.toHexString(run[2]));
      }
      return List.copyOf(lines);
    }
  }
}
