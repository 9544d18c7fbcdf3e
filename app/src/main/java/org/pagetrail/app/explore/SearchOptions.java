package org.pagetrail.app.explore;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.reproduce.TableWords;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.explore.Explorer;
import org.pagetrail.kvm.explore.Operation;
import org.pagetrail.kvm.explore.Start;
import org.pagetrail.kvm.explore.Watch;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import picocli.CommandLine.Option;

/** The options that say which runs are searched. */
public final class SearchOptions {
  private static final int DEPTH_MAX = 1000;
  private static final int SLOTS_MAX = 8;

  @Option(names = "--arch", paramLabel = "ARCH", description = "Architecture; default: arm64.")
  private String arch = "arm64";

  @Option(
      names = "--kernel",
      paramLabel = "RELEASE",
      description = "The release of a side that names fixes alone; default: 6.1.")
  private String kernel = "6.1";

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "The longest runs, in operations; default: ${DEFAULT-VALUE}.")
  private int depth = 4;

  @Option(
      names = "--pages",
      paramLabel = "N",
      description = "Pages of the slot that the guest accesses, 1 or 2; default: ${DEFAULT-VALUE}.")
  private int pages = 1;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = {
        "Search machines of N slots too, each like the first start, for runs of any length: 1 to",
        "8; only where what one slot does cannot reach another; default: ${DEFAULT-VALUE}."
      })
  private int slots = 1;

  @Option(
      names = "--backing",
      paramLabel = "NAME",
      split = ",",
      description = "Only these backings, as the tables name them; default: all.")
  private @Nullable List<String> backings;

  @Option(
      names = "--logged",
      description = "Begin also with slots that log dirty pages from the start.")
  private boolean logged;

  @Option(
      names = "--operations",
      paramLabel = "LETTERS",
      description = "Only these operations, as the tables write them; default: all.")
  private @Nullable String letters;

  @Option(
      names = "--thp",
      paramLabel = "MODE",
      description = "Transparent huge pages: ${COMPLETION-CANDIDATES}; default: madvise.")
  private ThpMode thp = ThpMode.MADVISE;

  @Option(
      names = "--states",
      paramLabel = "N",
      description = {
        "Give up before longer runs when this many states are held; default:",
        "${DEFAULT-VALUE}."
      })
  private long states = 5_000_000;

  /** Architecture and release that a side has unless it names its own. */
  public KernelName base() {
    return new KernelName(arch, kernel, List.of());
  }

  /** The host. */
  public RecordedHost host() {
    return RecordedHost.of(Arch.of(arch), thp);
  }

  /** The longest runs, in operations. */
  public int depth() {
    return depth;
  }

  /** Pages of the slot that the guest accesses. */
  public int pages() {
    return pages;
  }

  /** Slots of the machines that are searched too. */
  public int slots() {
    return slots;
  }

  /** How many states may be held. */
  public long states() {
    return states;
  }

  /**
   * The search.
   *
   * @throws Trouble if an option is out of bounds, or there is no such backing or operation
   */
  public Explorer explorer(Watch watch) {
    checkBounds();
    return new Explorer(host(), starts(), operations(), watch);
  }

  private List<Operation> operations() {
    List<Operation> all = Operation.of(Arch.of(arch), pages);
    if (letters == null) {
      return all;
    }
    String wanted = letters;
    TableWords.requireOperations(wanted, all, "docs/explore.md lists them; r and w take --pages 2");
    return all.stream().filter(operation -> wanted.indexOf(operation.letter()) >= 0).toList();
  }

  private void checkBounds() {
    if (depth < 1 || depth > DEPTH_MAX) {
      throw new Trouble("--depth " + depth, "give a number from 1 to " + DEPTH_MAX);
    }
    if (slots < 1 || slots > SLOTS_MAX) {
      throw new Trouble("--slots " + slots, "give a number from 1 to " + SLOTS_MAX);
    }
    if (pages < 1 || pages > 2) {
      throw new Trouble("--pages " + pages, "give 1 or 2: the tables know no third page");
    }
  }

  private List<Start> starts() {
    List<Start> all = Start.all(Arch.of(arch), logged);
    if (backings == null) {
      return all;
    }
    backings.forEach(backing -> TableWords.requireBacking(backing, Arch.of(arch)));
    List<String> wanted = backings;
    return all.stream().filter(start -> wanted.contains(start.backing())).toList();
  }
}
