package org.pagetrail.kvm.conform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.HostEvent.HostCalled;
import org.pagetrail.events.HostEvent.SignalSent;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.AbortKind;
import org.pagetrail.events.KvmEvent.DirtyLogRead;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.KvmCommand.AccessMemory;
import org.pagetrail.kvm.KvmCommand.Advice;
import org.pagetrail.kvm.KvmCommand.SetMemslot;
import org.pagetrail.kvm.KvmDecider;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.slot.Memslot;

/** Plays one scenario as the recording program did, and puts it into the table's notation. */
public final class Player {
  /** What the guest's values count from. */
  public static final long GUEST_VALUES = 0xc0de0000L;

  /** What the host's values count from. */
  public static final long HOST_VALUES = 0xbeef0000L;

  private static final Gpa FIRST_SLOT_GPA = new Gpa(0x40000000L);

  /** From one slot to the next, in guest and host addresses: nothing of them is adjacent. */
  private static final long SLOT_DISTANCE = 1L << 32;

  private static final int WORD = 4;
  private static final int EXIT_BYTES = 8;
  private static final String INTERNAL_ERROR = "KVM_EXIT_INTERNAL_ERROR";

  /** KVM_INTERNAL_ERROR_EMULATION is suberror 1. */
  private static final String EMULATION_FAILED = "internal1";

  private static final long MMIO_ANSWER = 0xa5a5a5a5L;

  /** The program gives up when the host has sent it this many signals in one step. */
  private static final int SIGNALS_ENOUGH = 4;

  private final KvmDecider decider;
  private final TableLine line;
  private final Arch arch;
  private final Notation notation;
  private final List<Decision> decisions = new ArrayList<>();
  private final Consumer<Decision> listener;
  private final SlotId slot;
  private final Gpa slotGpa;
  private final Hva slotHva;
  private Consumer<KvmCommand> commands = command -> {};
  private KvmState state;
  private long written;
  private int step;

  /** Begins a scenario on a host without mappings and slots. */
  public Player(KernelModel model, RecordedHost host, TableLine line) {
    this(model, host, line, host.start(), 0, decision -> {});
  }

  /**
   * Goes on with a scenario.
   *
   * @param state where it stands
   * @param stamp tells the values written from now on from those of other steps: the guest writes
   *     {@link #GUEST_VALUES} plus four times this plus 1 or 2, the host {@link #HOST_VALUES} plus
   *     this
   * @param listener hears every decision, those of the set-up too
   */
  public Player(
      KernelModel model,
      RecordedHost host,
      TableLine line,
      KvmState state,
      int stamp,
      Consumer<Decision> listener) {
    this(model, host, line, state, stamp, listener, 0);
  }

  /**
   * Goes on with one of several scenarios in the same machine, each with a slot of its own.
   *
   * @param number of the slot, from 0, up to 7
   */
  public Player(
      KernelModel model,
      RecordedHost host,
      TableLine line,
      KvmState state,
      int stamp,
      Consumer<Decision> listener,
      int number) {
    if (number < 0 || number > 7) {
      throw new IllegalArgumentException("slot " + number + ": must be 0 to 7");
    }
    this.slot = SlotId.of(1 + number);
    this.slotGpa = FIRST_SLOT_GPA.plus(number * SLOT_DISTANCE);
    this.slotHva = Backings.HVA.plus(number * SLOT_DISTANCE);
    this.decider = new KvmDecider(model);
    this.notation = new Notation(model);
    this.line = line;
    this.arch = host.arch();
    this.state = state;
    this.written = GUEST_VALUES + 4L * stamp;
    this.step = stamp;
    this.listener = listener;
  }

  /** From now on each command is told before it is decided. */
  public void tellCommands(Consumer<KvmCommand> to) {
    commands = to;
  }

  /** The host address that the program's loads and stores go to. */
  public Hva address() {
    return hva(Backings.OFFSET);
  }

  /** Where the scenario stands. */
  public KvmState state() {
    return state;
  }

  /** Makes backing and slot; gives the failure as the table words it, empty if none. */
  public String setUp() {
    List<KvmCommand> backing = Backings.make(line.backing(), arch, slotHva);
    if (backing == null) {
      return "no backing is named so";
    }
    for (KvmCommand command : backing) {
      perform(command);
    }
    decisions.clear();
    int errno = setSlot(flags());
    if (errno != 0) {
      return "memslot failed: " + Notation.sentence(errno);
    }
    if (line.backing().equals("unmapped_vma")) {
      perform(new KvmCommand.UnmapHost(range()));
    }
    return "";
  }

  /** Performs one operation and words it as the table does. */
  public String step(char operation) {
    if (state.host().zeroPageIsDirty()) {
      // The program has asked a child what an unrelated process sees in fresh memory.
      perform(new KvmCommand.Fork(false));
    }
    decisions.clear();
    String word = GuestStep.isGuest(operation, arch) ? access(operation) : operate(operation);
    step++;
    return word;
  }

  /** The decisions of the last operation. */
  public List<Decision> decisions() {
    return decisions;
  }

  /** A recorded step as far as its letters tell something under this kernel. */
  String telling(String recorded) {
    return notation.telling(recorded);
  }

  /** The rule of the last decision, empty if there was none. */
  String lastRule() {
    return decisions.isEmpty() ? "" : decisions.getLast().rule().rule();
  }

  private String access(char operation) {
    if (GuestStep.takesValue(operation)) {
      written++;
    }
    GuestStep guest = GuestStep.of(operation, arch, written);
    StringBuilder exits = new StringBuilder();
    String outcome = "ok";
    for (GuestStep.Access access : guest.accesses()) {
      outcome = outcome(access, exits);
      if (!outcome.equals("ok")) {
        break;
      }
    }
    if (!exits.isEmpty()) {
      outcome = outcome.equals("ok") ? "mmio" + exits : "mmio+" + outcome;
    }
    return operation
        + ":"
        + outcome
        + dirty()
        + signals()
        + notation.page(state, hva(guest.offset()), gpa(guest.offset()));
  }

  /** How one access ended; adds a letter for each exit that the monitor answered. */
  private String outcome(GuestStep.Access access, StringBuilder exits) {
    int from;
    do {
      from = decisions.size();
      perform(
          new AccessMemory(0, access.kind(), gpa(access.offset()), access.width(), access.value()));
    } while (signalCount() > 0 && signalCount() < SIGNALS_ENOUGH && failed(from));
    String outcome = "?";
    for (Decision decision : decisions.subList(from, decisions.size())) {
      switch (decision.event()) {
        case AbortInjected injected ->
            outcome = injected.kind() == AbortKind.INSTRUCTION ? "exc0x21" : "exc0x25";
        case RunReturned returned when returned.errno() != 0 -> {
          return Notation.errno(returned.errno());
        }
        case RunReturned returned when returned.reason().equals(INTERNAL_ERROR) -> {
          return EMULATION_FAILED;
        }
        case Undecided ignored -> outcome = "unknown";
        case GuestAccessCompleted done when done.completion() == Completion.DIRECT ->
            outcome = executedZeros(access.kind(), done) ? zerosExecuted() : "ok";
        default -> {}
      }
    }
    MmioExited exit = state.exit(0);
    while (exit != null) {
      outcome = "ok";
      exits.append(exit.write() ? "w" : "r");
      int width = Math.min(exit.width(), EXIT_BYTES);
      perform(new KvmCommand.CompleteMmio(0, exit.gpa(), width, MMIO_ANSWER));
      exit = state.exit(0);
    }
    return outcome;
  }

  private static boolean executedZeros(AccessKind kind, GuestAccessCompleted done) {
    Long content = kind == AccessKind.EXECUTE ? done.value() : null;
    return content != null && content == 0;
  }

  /** On arm zeros are an undefined instruction; on x86 the program has put a trap behind them. */
  private String zerosExecuted() {
    return arch == Arch.X86 ? "zeros" : "exc0x0";
  }

  private boolean failed(int from) {
    return decisions.subList(from, decisions.size()).stream()
        .anyMatch(d -> d.event() instanceof RunReturned returned && returned.errno() != 0);
  }

  private long signalCount() {
    return decisions.stream().filter(d -> d.event() instanceof SignalSent).count();
  }

  private String signals() {
    long count = signalCount();
    return count == 0 ? "" : "!SIGBUS" + count;
  }

  private String dirty() {
    return state.host().zeroPageIsDirty() ? "!ZERO" : "";
  }

  private String operate(char operation) {
    String name =
        switch (operation) {
          case 'h' -> {
            perform(new KvmCommand.HostWrite(hva(Backings.OFFSET), WORD, HOST_VALUES + step));
            yield "host_write32";
          }
          case 'H' -> {
            perform(new KvmCommand.HostRead(hva(Backings.OFFSET), WORD));
            yield "host_read32";
          }
          case 'D' -> {
            perform(new KvmCommand.Madvise(range(), Advice.DONTNEED));
            yield "madvise_dontneed";
          }
          case 'C' -> {
            perform(new KvmCommand.Madvise(range(), Advice.POPULATE_WRITE));
            yield "madvise_populate_write";
          }
          case 'P' -> {
            perform(new KvmCommand.Mprotect(range(), Perms.R));
            yield "mprotect_read";
          }
          case 'U' -> {
            perform(new KvmCommand.Mprotect(range(), Perms.RW));
            yield "mprotect_rw";
          }
          case 'N' -> {
            perform(new KvmCommand.Mprotect(range(), Perms.NONE));
            yield "mprotect_none";
          }
          case 'y' -> {
            perform(new KvmCommand.Msync(range()));
            yield "msync";
          }
          case 'F' -> {
            perform(new KvmCommand.Fork(true));
            yield "fork_child_kept";
          }
          case 'f' -> {
            perform(new KvmCommand.Fork(false));
            yield "fork_child_exits";
          }
          case 'G' -> {
            perform(new KvmCommand.GetDirtyLog(slot));
            yield "get_dirty_log";
          }
          default -> slotOperation(operation);
        };
    return name + error() + notation.page(state, hva(Backings.OFFSET), gpa(Backings.OFFSET));
  }

  private String slotOperation(char operation) {
    return switch (operation) {
      case 'T' -> {
        replaceSlot(flags());
        yield "slot_delete_readd";
      }
      case 'd' -> {
        deleteSlot();
        yield "slot_delete";
      }
      case 'a' -> {
        setSlot(flags());
        yield "slot_add";
      }
      case 'o' -> {
        replaceSlot(SlotFlags.READ_ONLY);
        yield "slot_readd_as_ro";
      }
      case 'O' -> {
        replaceSlot(SlotFlags.NONE);
        yield "slot_readd_as_rw";
      }
      case 'c' -> {
        setSlot(new SlotFlags(flags().bits() ^ SlotFlags.READONLY));
        yield "slot_change_ro_flag_in_place";
      }
      case 'l' -> {
        setSlot(flags().withLogDirty(true));
        yield "slot_enable_log";
      }
      case 'n' -> {
        setSlot(flags().withLogDirty(false));
        yield "slot_disable_log";
      }
      case 'v' -> {
        moveSlot();
        yield "slot_move";
      }
      default -> daemonOperation(operation);
    };
  }

  /** What the recording program cannot make happen, or did not. */
  private String daemonOperation(char operation) {
    return switch (operation) {
      case 'm' -> {
        perform(new KvmCommand.UnmapHost(range()));
        yield "munmap";
      }
      case 'K' -> {
        perform(new KvmCommand.KsmMerge(range(), false));
        yield "ksm_merge";
      }
      case 'Z' -> {
        perform(new KvmCommand.KsmMerge(range(), true));
        yield "ksm_merge_zero";
      }
      case 'E' -> {
        perform(new KvmCommand.CollapseHuge(range()));
        yield "thp_collapse";
      }
      case 's' -> {
        perform(new KvmCommand.SplitHuge(range()));
        yield "thp_split";
      }
      default -> "unknown operation " + operation;
    };
  }

  /** One page up, or back down. */
  private void moveSlot() {
    Memslot now = state.slots().get(slot);
    if (now == null) {
      return;
    }
    Gpa there = now.gpa().equals(slotGpa) ? slotGpa.plus(PageSize.BASE_BYTES) : slotGpa;
    perform(new SetMemslot(slot, now.flags(), there, now.size(), now.hva()));
  }

  private void replaceSlot(SlotFlags flags) {
    if (deleteSlot() == 0) {
      setSlot(flags);
    }
  }

  private int deleteSlot() {
    return request(SlotFlags.NONE, ByteSize.ZERO);
  }

  private int setSlot(SlotFlags flags) {
    return request(flags, Backings.size(line.backing(), arch));
  }

  private int request(SlotFlags flags, ByteSize size) {
    perform(new SetMemslot(slot, flags, slotGpa, size, slotHva));
    return decisions.reversed().stream()
        .map(Decision::event)
        .filter(MemslotSet.class::isInstance)
        .map(event -> -((MemslotSet) event).ret())
        .findFirst()
        .orElse(0);
  }

  /** The error of the last call or request, as the table words it. */
  private String error() {
    int errno = 0;
    for (Decision decision : decisions) {
      Event event = decision.event();
      errno =
          switch (event) {
            case MemslotSet set -> -set.ret();
            case DirtyLogRead read -> -read.ret();
            case HostCalled called -> -called.ret();
            default -> errno;
          };
    }
    return errno == 0 ? "" : "!" + Notation.errno(errno);
  }

  private SlotFlags flags() {
    return new SlotFlags(line.readOnly() ? SlotFlags.READONLY : 0).withLogDirty(line.logged());
  }

  private HvaRange range() {
    return new HvaRange(slotHva, Backings.size(line.backing(), arch));
  }

  private Hva hva(long offset) {
    return slotHva.plus(offset);
  }

  private Gpa gpa(long offset) {
    return slotGpa.plus(offset);
  }

  private void perform(KvmCommand command) {
    commands.accept(command);
    for (Decision decision : decider.decide(state, command)) {
      decisions.add(decision);
      listener.accept(decision);
      state = decider.evolve(state, decision.event());
    }
  }
}
