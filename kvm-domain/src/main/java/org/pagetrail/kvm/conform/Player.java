package org.pagetrail.kvm.conform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
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
import org.pagetrail.kvm.model.KernelModel;

/** Plays one scenario as the recording program did, and puts it into the table's notation. */
final class Player {
  private static final Gpa SLOT_GPA = new Gpa(0x40000000L);
  private static final SlotId SLOT = SlotId.of(1);
  private static final long EXECUTE_OFFSET = 0x3e00;
  private static final long NEXT_PAGE = 0x1000;
  private static final int WORD = 4;
  private static final int PAIR = 8;
  private static final long MMIO_ANSWER = 0xa5a5a5a5L;

  /** The program gives up when the host has sent it this many signals in one step. */
  private static final int SIGNALS_ENOUGH = 4;

  private final KvmDecider decider;
  private final TableLine line;
  private final Notation notation;
  private final List<Decision> decisions = new ArrayList<>();
  private KvmState state;
  private long written = 0xc0de0000L;
  private int step;

  Player(KernelModel model, KvmState start, TableLine line) {
    this.decider = new KvmDecider(model);
    this.notation = new Notation(model);
    this.line = line;
    this.state = start;
  }

  /** Makes backing and slot; gives the failure as the table words it, empty if none. */
  String setUp() {
    for (KvmCommand command : Backings.make(line.backing())) {
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
  String step(char operation) {
    decisions.clear();
    String word =
        switch (operation) {
          case 'R' -> access("R", AccessKind.READ, Backings.OFFSET, WORD, null);
          case 'W' -> access("W", AccessKind.WRITE, Backings.OFFSET, WORD, ++written);
          case 'X' -> access("X", AccessKind.EXECUTE, EXECUTE_OFFSET, WORD, null);
          case 'A' -> exclusive();
          case 'M' -> access("M", AccessKind.ATOMIC, Backings.OFFSET, WORD, ++written);
          case 'L' -> access("L", AccessKind.READ_PAIR, Backings.OFFSET, PAIR, null);
          case 'S' -> access("S", AccessKind.WRITE_PAIR, Backings.OFFSET, PAIR, ++written);
          case 'r' -> access("r", AccessKind.READ, Backings.OFFSET + NEXT_PAGE, WORD, null);
          case 'w' -> access("w", AccessKind.WRITE, Backings.OFFSET + NEXT_PAGE, WORD, ++written);
          default -> operate(operation);
        };
    step++;
    if (state.host().zeroPageIsDirty()) {
      // The program then asks a child what an unrelated process sees in fresh memory.
      perform(new KvmCommand.Fork(false));
    }
    return word;
  }

  /** The rule of the last decision, empty if there was none. */
  String lastRule() {
    return decisions.isEmpty() ? "" : decisions.getLast().rule().rule();
  }

  private String access(
      String name, AccessKind kind, long offset, int width, @Nullable Long value) {
    String outcome = outcome(kind, offset, width, value);
    return name
        + ":"
        + outcome
        + dirty()
        + signals()
        + notation.page(state, hva(offset), gpa(offset));
  }

  private String exclusive() {
    String load = outcome(AccessKind.READ_EXCLUSIVE, Backings.OFFSET, WORD, null);
    String outcome =
        load.equals("ok")
            ? outcome(AccessKind.WRITE_EXCLUSIVE, Backings.OFFSET, WORD, ++written)
            : load;
    return "A:"
        + outcome
        + dirty()
        + signals()
        + notation.page(state, hva(Backings.OFFSET), gpa(Backings.OFFSET));
  }

  private String outcome(AccessKind kind, long offset, int width, @Nullable Long value) {
    String exits = "";
    int from;
    do {
      from = decisions.size();
      perform(new AccessMemory(0, kind, gpa(offset), width, value));
    } while (signalCount() > 0 && signalCount() < SIGNALS_ENOUGH && failed(from));
    for (Decision decision : decisions.subList(from, decisions.size())) {
      switch (decision.event()) {
        case AbortInjected injected -> {
          return injected.kind() == AbortKind.INSTRUCTION ? "exc0x21" : "exc0x25";
        }
        case RunReturned returned when returned.errno() != 0 -> {
          return Notation.errno(returned.errno());
        }
        case MmioExited exit -> exits = exits + (exit.write() ? "w" : "r");
        case GuestAccessCompleted done when done.completion() == Completion.DIRECT -> {
          Long content = kind == AccessKind.EXECUTE ? done.value() : null;
          return content != null && content == 0 ? "exc0x0" : "ok";
        }
        default -> {}
      }
    }
    MmioExited exit = state.exit(0);
    if (exit != null) {
      perform(new KvmCommand.CompleteMmio(0, exit.gpa(), exit.width(), MMIO_ANSWER));
    }
    return exits.isEmpty() ? "?" : "mmio" + exits;
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
            perform(new KvmCommand.HostWrite(hva(Backings.OFFSET), WORD, 0xbeef0000L + step));
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
            perform(new KvmCommand.GetDirtyLog(SLOT));
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
      default -> "unknown operation " + operation;
    };
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
    return request(flags, Backings.size(line.backing()));
  }

  private int request(SlotFlags flags, ByteSize size) {
    perform(new SetMemslot(SLOT, flags, SLOT_GPA, size, Backings.HVA));
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
    return new HvaRange(Backings.HVA, Backings.size(line.backing()));
  }

  private static Hva hva(long offset) {
    return Backings.HVA.plus(offset);
  }

  private static Gpa gpa(long offset) {
    return SLOT_GPA.plus(offset);
  }

  private void perform(KvmCommand command) {
    for (Decision decision : decider.decide(state, command)) {
      decisions.add(decision);
      state = decider.evolve(state, decision.event());
    }
  }
}
