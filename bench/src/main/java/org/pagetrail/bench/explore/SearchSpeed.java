package org.pagetrail.bench.explore;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.explore.Explorer;
import org.pagetrail.kvm.explore.Operation;
import org.pagetrail.kvm.explore.Slots;
import org.pagetrail.kvm.explore.SlotsSearch;
import org.pagetrail.kvm.explore.Start;
import org.pagetrail.kvm.explore.Watch;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/**
 * Measures searches, each for seconds, and prints of each the quickest second: transitions for each
 * second that the process worked, on all threads. Writes the toy for TLC.
 */
public final class SearchSpeed {
  private static final int BATCHES = 3;

  /** The clock of the process goes in steps of 10 ms. */
  private static final long BATCH_NANOS = 1_000_000_000L;

  private static final int STATES_MAX = 50_000_000;
  private static final int PAGES = 4;

  private SearchSpeed() {}

  /**
   * Measures.
   *
   * @param arguments a folder for the model
   */
  public static void main(String[] arguments) throws IOException {
    Toy toy = new Toy();
    Path folder = Path.of(arguments[0]);
    Files.writeString(folder.resolve("Toy.tla"), toy.tla("Toy", PAGES));
    Files.writeString(folder.resolve("Toy.cfg"), "SPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n");
    print("search", "states", "transitions", "CPU s", "transitions per CPU s");
    measure("toy, 4 pages", () -> toy(toy, PAGES, false));
    measure("toy, 4 pages, exchanged pages alike", () -> toy(toy, PAGES, true));
    Explorer explorer = explorer();
    KernelModel plain = Kernels.of(Arch.ARM64, "6.1");
    KernelModel guarded = Fixes.apply(plain, Fixes.parse("arch-writable-guard"));
    explorer.slots(plain, guarded, 60, 1, STATES_MAX);
    measure(
        "full rules, 4 slots of a page, exchanged slots alike",
        () -> explorer.slots(plain, guarded, 60, PAGES, STATES_MAX));
  }

  private static Slots toy(Toy toy, int pages, boolean symmetric) {
    return new SlotsSearch(toy.next(), toy.steps(), pages, symmetric).search(0, STATES_MAX);
  }

  private static Explorer explorer() {
    List<Operation> operations =
        Operation.of(Arch.ARM64, 1).stream()
            .filter(operation -> "RWhDcdaP".indexOf(operation.letter()) >= 0)
            .toList();
    return new Explorer(
        RecordedHost.of(Arch.ARM64, ThpMode.MADVISE),
        List.of(new Start("anon_untouched", true)),
        operations,
        Watch.NONE);
  }

  private static void measure(String what, Supplier<Slots> search) {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    double seconds = Double.MAX_VALUE;
    Slots found = search.get();
    for (int i = 0; i < BATCHES; i++) {
      long begin = process.getProcessCpuTime();
      long taken = 0;
      int times = 0;
      while (taken < BATCH_NANOS) {
        found = search.get();
        times++;
        taken = process.getProcessCpuTime() - begin;
      }
      seconds = Math.min(seconds, taken / 1e9 / times);
    }
    if (!found.complete()) {
      throw new IllegalStateException(what + " was not searched to its end");
    }
    print(
        what,
        String.format(Locale.ROOT, "%,d", found.states()),
        String.format(Locale.ROOT, "%,d", found.transitions()),
        String.format(Locale.ROOT, "%.3f", seconds),
        String.format(Locale.ROOT, "%,.0f", found.transitions() / seconds));
  }

  private static void print(String... cells) {
    System.out.println("| " + String.join(" | ", cells) + " |");
  }
}
