package org.pagetrail.app.matrix;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.live.ErrnoName;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.SignalSent;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.RunEvent.HostDescribed;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.KvmDecider;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.Machine;
import org.pagetrail.kvm.Machine.Paging;
import org.pagetrail.kvm.host.HostSettings;
import org.pagetrail.kvm.host.Mapping.Details;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.stage2.Stage2Leaves;
import org.pagetrail.projections.findings.FindingKind;
import org.pagetrail.projections.findings.FindingsProjection;

/** Plays one scenario on one kernel, through the same decider as every other run. */
final class ScenarioRun {
  static final String UNKNOWN = "unknown";
  static final String DIRECT = "direct";

  private static final Hva HVA = new Hva(0x7f0000000000L);
  private static final Gpa GPA = new Gpa(0x40000000L);
  private static final Gpa PAGE = GPA.plus(0x3f80);
  private static final ByteSize SIZE = ByteSize.mebibytes(4);
  private static final HvaRange RANGE = new HvaRange(HVA, SIZE);
  private static final SlotId SLOT = SlotId.of(1);
  private static final Pfn FRAMES = new Pfn(0x4000);
  private static final int WIDTH = 4;
  private static final long VALUE = 0x98;

  private final KvmDecider decider;
  private final List<Decision> decisions = new ArrayList<>();
  private final HostDescribed host;
  private KvmState state;

  private ScenarioRun(KernelModel kernel, ThpMode thp) {
    this.decider = new KvmDecider(kernel);
    this.host =
        new HostDescribed(kernel.arch().word(), kernel.release(), kernel.fixes(), thp.word());
    // Of the pagings of x86 only EPT has memory types, which is what fixes are about.
    Machine machine = Machine.of(kernel.arch());
    this.state =
        KvmState.initial(
            kernel.arch() == Arch.X86 ? machine.with(Paging.EPT) : machine,
            HostSettings.DEFAULT.with(thp));
  }

  /**
   * How a scenario ended.
   *
   * @param outcome in a word or two
   * @param findings what was found in its trail, each kind once
   * @param reason the rule that decided, or the question that is open
   */
  record Result(String outcome, List<FindingKind> findings, String reason) {}

  static Result play(KernelModel kernel, Scenario scenario) {
    boolean huge = scenario.memory() == Scenario.Memory.HUGE_ZERO_PAGE;
    ScenarioRun run = new ScenarioRun(kernel, huge ? ThpMode.ALWAYS : ThpMode.NEVER);
    String outcome = run.outcome(scenario);
    return new Result(outcome, run.findings(), run.reason(outcome));
  }

  private String outcome(Scenario scenario) {
    makeMemory(scenario.memory());
    int errno = setSlot(scenario.readOnlySlot() ? SlotFlags.READ_ONLY : SlotFlags.NONE);
    if (errno != 0) {
      return "slot " + ErrnoName.of(errno);
    }
    if (decisions.stream().anyMatch(decision -> decision.event() instanceof Undecided)) {
      return UNKNOWN;
    }
    boolean executes = false;
    for (char access : scenario.accesses().toCharArray()) {
      executes = access == 'X';
      String end = access(access);
      if (!end.equals(DIRECT)) {
        return end;
      }
    }
    if (state.host().zeroPageIsDirty()) {
      return "overwritten";
    }
    return executes ? "runs" : entry();
  }

  private void makeMemory(Scenario.Memory memory) {
    switch (memory) {
      case ZERO_PAGE, HUGE_ZERO_PAGE -> map(Backing.PRIVATE_ANONYMOUS, Details.NONE);
      case WRITTEN -> {
        map(Backing.PRIVATE_ANONYMOUS, Details.NONE);
        perform(new KvmCommand.HostFill(RANGE, 0xff));
      }
      case DEVICE -> map(Backing.PFNMAP, Details.frames(PageKind.DEVICE, FRAMES, false));
      case RESERVED_RAM ->
          map(Backing.PFNMAP, Details.frames(PageKind.RESERVED_RAM, FRAMES, false));
      case RAM_FRAMES -> map(Backing.PFNMAP, Details.frames(PageKind.UNKNOWN, FRAMES, false));
      case DAX -> {
        map(Backing.FILE_SHARED, Details.file(SIZE.bytes()));
        perform(new KvmCommand.StatePage(HVA, SIZE, FRAMES, PageKind.ZONE_DEVICE, true));
      }
    }
  }

  private void map(Backing backing, Details details) {
    perform(new KvmCommand.MapHost(RANGE, backing, Perms.RW, HugeAdvice.NONE, "", details));
  }

  private int setSlot(SlotFlags flags) {
    return perform(new KvmCommand.SetMemslot(SLOT, flags, GPA, SIZE, HVA)).stream()
        .map(Decision::event)
        .filter(MemslotSet.class::isInstance)
        .mapToInt(event -> -((MemslotSet) event).ret())
        .findFirst()
        .orElse(0);
  }

  private String access(char letter) {
    AccessKind kind =
        switch (letter) {
          case 'R' -> AccessKind.READ;
          case 'W' -> AccessKind.WRITE;
          case 'X' -> AccessKind.EXECUTE;
          default -> throw new IllegalArgumentException("no access is called " + letter);
        };
    Long value = letter == 'W' ? VALUE : null;
    String end = UNKNOWN;
    for (Decision decision : perform(new KvmCommand.AccessMemory(0, kind, PAGE, WIDTH, value))) {
      end = end(decision, end);
    }
    return end;
  }

  private static String end(Decision decision, String before) {
    return switch (decision.event()) {
      case SignalSent signal when signal.signal().equals("SIGKILL") -> "BUG";
      case SignalSent signal -> signal.signal();
      case MmioExited ignored -> "exit";
      case AbortInjected ignored -> "abort";
      case Undecided ignored -> UNKNOWN;
      case RunReturned run when run.reason().equals("KVM_EXIT_INTERNAL_ERROR") -> "internal error";
      case RunReturned run when run.errno() != 0 ->
          before.equals("BUG") ? before : ErrnoName.of(run.errno());
      case GuestAccessCompleted done when done.completion() == Completion.DIRECT -> DIRECT;
      default -> before;
    };
  }

  /**
   * The entry as {@code N ro} (Normal), {@code D rw} (Device), {@code ro} where none has a type.
   */
  private String entry() {
    Stage2Leaves leaf = state.stage2().at(PAGE);
    if (leaf == null) {
      return "no entry";
    }
    String type =
        switch (leaf.memoryType()) {
          case DEVICE -> "D ";
          case NORMAL -> "N ";
          case NORMAL_NC -> "NC ";
          case NONE -> "";
          case UNKNOWN -> "? ";
        };
    return type + (leaf.perms().write() ? "rw" : "ro");
  }

  private List<FindingKind> findings() {
    List<TrailEntry> entries = new ArrayList<>();
    entries.add(new TrailEntry(0, null, Standing.ASSUMED, host, List.of(), null, null));
    for (Decision decision : decisions) {
      entries.add(
          new TrailEntry(
              entries.size(),
              null,
              Standing.DERIVED,
              decision.event(),
              List.of(),
              decision.rule(),
              null));
    }
    return FindingsProjection.findingsOf(entries).stream()
        .map(finding -> finding.kind())
        .distinct()
        .toList();
  }

  private String reason(String outcome) {
    @Nullable String last = null;
    @Nullable String device = null;
    for (Decision decision : decisions) {
      last = decision.rule().rule();
      if (decision.event() instanceof Undecided open) {
        return open.question();
      }
      if (decision.event() instanceof DeviceDecided) {
        device = decision.rule().rule();
      }
    }
    boolean mapped = outcome.startsWith("D ") || outcome.startsWith("N ");
    return mapped && device != null ? device : String.valueOf(last);
  }

  private List<Decision> perform(KvmCommand command) {
    List<Decision> made = decider.decide(state, command);
    for (Decision decision : made) {
      decisions.add(decision);
      state = decider.evolve(state, decision.event());
    }
    return made;
  }
}
