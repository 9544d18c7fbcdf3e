package org.pagetrail.kvm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.SignalSent;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.kvm.KvmCommand.AccessMemory;
import org.pagetrail.kvm.KvmCommand.MapHost;
import org.pagetrail.kvm.KvmCommand.SetMemslot;
import org.pagetrail.kvm.host.HostSettings;
import org.pagetrail.kvm.host.Mapping.Details;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.stage2.Stage2Leaves;

/** A virtual machine for tests: one slot of 4 MiB over one mapping, and a state that goes along. */
final class VirtualMachine {
  static final Hva HVA = new Hva(0x7f0000000000L);
  static final Gpa GPA = new Gpa(0x40000000L);
  static final ByteSize SIZE = ByteSize.mebibytes(4);
  static final SlotId SLOT = SlotId.of(1);
  static final Pfn BAR = new Pfn(0x4000);

  private final KvmDecider decider;
  private KvmState state;

  VirtualMachine(KernelModel kernel) {
    this(kernel, Machine.of(kernel.arch()), ThpMode.NEVER);
  }

  VirtualMachine(KernelModel kernel, Machine machine, ThpMode thp) {
    this(kernel, machine, HostSettings.DEFAULT.with(thp));
  }

  VirtualMachine(KernelModel kernel, Machine machine, HostSettings settings) {
    this.decider = new KvmDecider(kernel);
    this.state = KvmState.initial(machine, settings);
  }

  KvmState state() {
    return state;
  }

  static HvaRange range() {
    return new HvaRange(HVA, SIZE);
  }

  /** The events that a command makes; the state goes along. */
  List<Event> perform(KvmCommand command) {
    return decisions(command).stream().map(Decision::event).toList();
  }

  List<Decision> decisions(KvmCommand command) {
    List<Decision> decisions = decider.decide(state, command);
    for (Decision decision : decisions) {
      state = decider.evolve(state, decision.event());
    }
    return decisions;
  }

  VirtualMachine withAnonymousMemory() {
    return withMapping(Backing.PRIVATE_ANONYMOUS, Perms.RW, Details.NONE);
  }

  VirtualMachine withFrames(PageKind kind) {
    return withMapping(Backing.PFNMAP, Perms.RW, Details.frames(kind, BAR, false));
  }

  VirtualMachine withMapping(Backing backing, Perms perms, Details details) {
    perform(new MapHost(range(), backing, perms, HugeAdvice.NONE, "", details));
    return this;
  }

  VirtualMachine withSlot(SlotFlags flags) {
    setSlot(flags);
    return this;
  }

  /** The errno of the request, 0 if accepted. */
  int setSlot(SlotFlags flags) {
    return request(new SetMemslot(SLOT, flags, GPA, SIZE, HVA));
  }

  int request(SetMemslot request) {
    return perform(request).stream()
        .filter(MemslotSet.class::isInstance)
        .map(event -> -((MemslotSet) event).ret())
        .findFirst()
        .orElseThrow();
  }

  /** A load of four bytes. */
  static AccessMemory load(Gpa gpa) {
    return new AccessMemory(0, AccessKind.READ, gpa, 4, null);
  }

  /** How a load ends. */
  String read(Gpa gpa) {
    return access(AccessKind.READ, gpa, null);
  }

  /** How a store ends. */
  String write(Gpa gpa, long value) {
    return access(AccessKind.WRITE, gpa, value);
  }

  /** How an access ends: direct, exit, abort, an errno, or what kills the host. */
  String access(AccessKind kind, Gpa gpa, @Nullable Long value) {
    String end = "?";
    for (Event event : perform(new AccessMemory(0, kind, gpa, 4, value))) {
      end =
          switch (event) {
            case SignalSent signal when signal.signal().equals("SIGKILL") -> "BUG";
            case MmioExited ignored -> "exit";
            case AbortInjected ignored -> "abort";
            case Undecided ignored -> "unknown";
            case RunReturned run when run.reason().equals("KVM_EXIT_INTERNAL_ERROR") ->
                "internal error";
            case RunReturned run when run.errno() != 0 ->
                end.equals("BUG") ? end : "errno " + run.errno();
            case GuestAccessCompleted done when done.completion() == Completion.DIRECT -> "direct";
            default -> end;
          };
    }
    return end;
  }

  @Nullable Stage2Leaves entry(Gpa gpa) {
    return state.stage2().at(gpa);
  }

  /** The entry as {@code N ro}, {@code D rw}, {@code -} if none. */
  String entryText(Gpa gpa) {
    Stage2Leaves leaf = entry(gpa);
    if (leaf == null) {
      return "-";
    }
    String type =
        switch (leaf.memoryType()) {
          case DEVICE -> "D ";
          case NORMAL, NORMAL_NC -> "N ";
          case NONE -> "";
          case UNKNOWN -> "? ";
        };
    return type + (leaf.perms().write() ? "rw" : "ro");
  }

  List<String> types(List<Event> events) {
    List<String> types = new ArrayList<>();
    events.forEach(event -> types.add(event.type()));
    return types;
  }
}
