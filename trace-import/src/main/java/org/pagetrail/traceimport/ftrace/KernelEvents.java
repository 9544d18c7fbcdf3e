package org.pagetrail.traceimport.ftrace;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelFact.MmioPhase;
import org.pagetrail.traceimport.input.NameTable;
import org.pagetrail.traceimport.input.SharedWords;
import org.pagetrail.traceimport.input.TextCursor;

/** What the kernel's kvm events mean, by name and payload, for 3.12 to 7.2, arm64 and x86. */
public final class KernelEvents {
  /** What the arguments of one event say. */
  interface Arguments {
    /**
     * The fact, or null if they are none that a release prints.
     *
     * @throws IllegalArgumentException or ArithmeticException if a number exceeds what it counts
     */
    @Nullable KernelFact read(TextCursor payload);
  }

  /** Events of kvm whose names do not say so. */
  private static final Set<String> OTHER_KVM =
      Set.of(
          "check_mmio_spte",
          "fast_page_fault",
          "handle_mmio_page_fault",
          "mark_mmio_spte",
          "vcpu_match_mmio");

  private static final Pattern WRITER =
      Pattern.compile("(?:0x[0-9a-f]{8,16}|tracing_mark_write(?:\\+0x[0-9a-f]+)?): ");

  private static final Set<String> MARKERS = Set.of("print", "tracing_mark_write");

  private static final List<String> NOTED = List.of("kvm_", "vgic_", "trap_");

  private final ProbeEvents probes;
  private final X86Entries entries = new X86Entries();
  private final SharedWords reasons = new SharedWords("");
  private final SharedWords traps = new SharedWords("TRAP ");
  private final Map<String, Arguments> byName;
  private final NameTable<Arguments> byBytes;

  /** Events among which probes have these names. */
  public KernelEvents(ProbeNames names) {
    this.probes = new ProbeEvents(names);
    Map<String, Arguments> all = new TreeMap<>(probes.byName());
    all.put("kvm_entry", KernelEvents::entry);
    all.put("kvm_exit", this::exit);
    all.put("kvm_guest_fault", KernelEvents::armFault);
    all.put("kvm_page_fault", KernelEvents::x86Fault);
    all.put("kvm_mmio", KernelEvents::mmio);
    all.put("kvm_userspace_exit", this::userspaceExit);
    all.put("kvm_unmap_hva_range", KernelEvents::invalidation);
    all.put("kvm_unmap_hva", KernelEvents::invalidation);
    all.put("kvm_set_spte_hva", KernelEvents::entryChange);
    all.put("kvm_mmu_set_spte", payload -> entries.set(payload.rest()));
    all.put(
        "kvm_tdp_mmu_spte_changed",
        payload -> entries.changed("kvm_tdp_mmu_spte_changed", payload.rest()));
    byName = all;
    byBytes = new NameTable<>(all);
  }

  /** True if the name is an event of kvm, a marker or a probe that we know. */
  public boolean isKnown(String event) {
    return probes.isKnown(event)
        || MARKERS.contains(event)
        || NOTED.stream().anyMatch(event::startsWith)
        || OTHER_KVM.contains(event);
  }

  /**
   * What a line says, or null if nothing that we know.
   *
   * @throws IllegalArgumentException or ArithmeticException if a number exceeds what it counts
   */
  public @Nullable KernelFact parse(String event, String payload) {
    Arguments arguments = byName.get(event);
    if (arguments != null) {
      return arguments.read(TextCursor.of(payload));
    }
    if (MARKERS.contains(event)) {
      return new KernelFact.Marker(marker(payload));
    }
    return isKnown(event) ? new KernelFact.Noted(event, payload) : null;
  }

  /** How the event reads whose name are the bytes from {@code mark}, null if in no quick way. */
  @Nullable Arguments named(TextCursor cursor, int mark) {
    return cursor.known(byBytes, mark);
  }

  /** {@code PC: 0x…} of arm, {@code vcpu N, rip 0x…} of x86. */
  private static @Nullable KernelFact entry(TextCursor in) {
    if (in.tryText("PC: ")) {
      long pc = in.hex();
      return in.isDone() ? new KernelFact.Entered(KernelFact.UNNAMED, pc) : null;
    }
    int vcpu = (int) in.text("vcpu ").decimal(5);
    long rip = in.isAtEnd() ? 0 : in.text(", rip ").hex();
    return in.isOk() ? new KernelFact.Entered(vcpu, rip) : null;
  }

  /** {@code TRAP: HSR_EC: 0x24 (DABT_LOW), PC: 0x…} of arm, {@code reason R rip 0x… …} of x86. */
  private @Nullable KernelFact exit(TextCursor in) {
    int begin = in.mark();
    if (in.tryText("PC: ")) {
      long pc = in.hex();
      return in.isDone() ? new KernelFact.Exited(KernelFact.UNNAMED, "exit", pc) : null;
    }
    KernelFact arm = armExit(in);
    if (arm != null) {
      return arm;
    }
    in.reset(begin);
    int vcpu = in.tryText("vcpu ") ? (int) in.decimal(5) : KernelFact.UNNAMED;
    in.text(in.isOk() && vcpu != KernelFact.UNNAMED ? " reason " : "reason ");
    int from = in.mark();
    while (in.isOk()) {
      in.skip(1).upTo(' ');
      String reason = in.isOk() ? in.since(from) : "";
      int behind = in.mark();
      if (in.isOk() && in.tryText(" rip ")) {
        long rip = in.hex();
        if (in.isOk() && (in.isAtEnd() || in.tryText(" info"))) {
          entries.sawExit(reason.strip());
          return new KernelFact.Exited(vcpu, reason.strip(), rip);
        }
        in.reset(behind);
      }
    }
    return null;
  }

  private @Nullable KernelFact armExit(TextCursor in) {
    int type = in.mark();
    in.upTo(':');
    String name = reasons.since(in, type);
    in.text(": ").word().text(": 0x").hex();
    in.text(" (");
    int trapped = in.mark();
    in.upTo(')');
    String reason = name.equals("TRAP") ? traps.since(in, trapped) : name;
    long pc = in.text("), PC: ").hex();
    return in.isDone() ? new KernelFact.Exited(KernelFact.UNNAMED, reason, pc) : null;
  }

  private static @Nullable KernelFact armFault(TextCursor in) {
    long ipa = in.text("ipa ").hex();
    long esr = in.text(", ").word().text(" ").hex();
    long far = in.text(", hxfar ").hex();
    long pc = in.text(", pc ").hex();
    return in.isDone() ? new KernelFact.ArmFault(ipa, esr, far, pc) : null;
  }

  private static @Nullable KernelFact x86Fault(TextCursor in) {
    boolean named = in.tryText("vcpu ");
    int vcpu = named ? (int) in.decimal(5) : KernelFact.UNNAMED;
    long rip = named ? in.text(" rip ").hex() : 0;
    long address = in.text(named ? " address " : "address ").hex();
    long code = in.text(" error_code ").hex();
    return in.isDone() ? new KernelFact.X86Fault(vcpu, address, code, rip) : null;
  }

  private static @Nullable KernelFact mmio(TextCursor in) {
    in.text("mmio ");
    MmioPhase phase =
        in.tryText("write ")
            ? MmioPhase.WRITE
            : in.tryText("read ")
                ? MmioPhase.READ
                : in.tryText("unsatisfied-read ") ? MmioPhase.UNSATISFIED_READ : null;
    int width = (int) in.text("len ").decimal(4);
    long gpa = in.text(" gpa ").hex();
    long value = in.text(" val ").hex();
    return phase != null && in.isDone()
        ? new KernelFact.Mmio(phase, new Gpa(gpa), width, value)
        : null;
  }

  private @Nullable KernelFact userspaceExit(TextCursor in) {
    in.text("reason ");
    int from = in.mark();
    String reason = reasons.since(in.token(), from);
    in.text(" (").tryText("-");
    int errno = (int) in.decimal(9);
    boolean failed = reason.equals("restart") || reason.equals("error");
    return in.text(")").isDone()
        ? new KernelFact.LeftToUserspace(reason, failed ? errno : 0)
        : null;
  }

  private static @Nullable KernelFact invalidation(TextCursor in) {
    in.text("mmu notifier unmap ");
    if (in.tryText("range: ")) {
      long start = in.hex();
      long end = in.text(" -- ").hex();
      return in.isDone()
          ? new KernelFact.RangeInvalidation(HvaRange.between(new Hva(start), new Hva(end)))
          : null;
    }
    long hva = in.text("hva: ").hex();
    return in.isDone() ? new KernelFact.RangeInvalidation(HvaRange.pageOf(new Hva(hva))) : null;
  }

  private static @Nullable KernelFact entryChange(TextCursor in) {
    long hva = in.text("mmu notifier set pte hva: ").hex();
    return in.isDone() ? new KernelFact.EntryChange(new Hva(hva)) : null;
  }

  /** trace-cmd and perf print the address of the writer, or its name, before the text. */
  private static String marker(String payload) {
    Matcher writer = WRITER.matcher(payload);
    return writer.lookingAt() ? payload.substring(writer.end()) : payload;
  }
}
