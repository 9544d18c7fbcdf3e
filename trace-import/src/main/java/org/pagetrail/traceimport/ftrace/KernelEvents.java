package org.pagetrail.traceimport.ftrace;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hex;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelFact.MmioPhase;
import org.pagetrail.traceimport.input.Numbers;

/** What the kernel's kvm events mean, by name and payload, for 3.12 to 7.2, arm64 and x86. */
public final class KernelEvents {
  private static final String HEX = "(?:0x)?([0-9a-f]{1,16})";

  private static final Pattern ARM_ENTRY = Pattern.compile("PC: " + HEX);
  private static final Pattern X86_ENTRY =
      Pattern.compile("vcpu (\\d{1,5})(?:, rip " + HEX + ".*)?");
  private static final Pattern ARM_EXIT =
      Pattern.compile("(?:(\\S+): \\w+_EC: 0x[0-9a-f]+ \\((\\S+)\\), )?PC: " + HEX);
  private static final Pattern X86_EXIT =
      Pattern.compile("(?:vcpu (\\d{1,5}) )?reason (.+?) rip " + HEX + "(?: info.*)?");
  private static final Pattern ARM_FAULT =
      Pattern.compile("ipa " + HEX + ", \\w+ " + HEX + ", hxfar " + HEX + ", pc " + HEX);
  private static final Pattern X86_FAULT =
      Pattern.compile("(?:vcpu (\\d{1,5}) rip " + HEX + " )?address " + HEX + " error_code " + HEX);
  private static final Pattern MMIO =
      Pattern.compile("mmio (\\S+) len (\\d{1,4}) gpa " + HEX + " val " + HEX);
  private static final Pattern USERSPACE_EXIT = Pattern.compile("reason (\\S+) \\((-?\\d{1,9})\\)");
  private static final Pattern UNMAP_RANGE =
      Pattern.compile("mmu notifier unmap range: " + HEX + " -- " + HEX);
  private static final Pattern UNMAP = Pattern.compile("mmu notifier unmap hva: " + HEX);
  private static final Pattern SET_ENTRY = Pattern.compile("mmu notifier set pte hva: " + HEX);

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

  private static final Pattern NOTED = Pattern.compile("(?:kvm|vgic|trap)_\\w*");

  private final ProbeEvents probes;
  private final X86Entries entries = new X86Entries();

  /** Events among which probes have these names. */
  public KernelEvents(ProbeNames names) {
    this.probes = new ProbeEvents(names);
  }

  /** True if the name is an event of kvm, a marker or a probe that we know. */
  public boolean isKnown(String event) {
    return probes.isKnown(event)
        || MARKERS.contains(event)
        || NOTED.matcher(event).matches()
        || OTHER_KVM.contains(event);
  }

  /**
   * What a line says, or null if nothing that we know.
   *
   * @throws IllegalArgumentException or ArithmeticException if a number exceeds what it counts
   */
  public @Nullable KernelFact parse(String event, String payload) {
    return switch (event) {
      case "kvm_entry" -> entry(payload);
      case "kvm_exit" -> exit(payload);
      case "kvm_guest_fault" -> armFault(payload);
      case "kvm_page_fault" -> x86Fault(payload);
      case "kvm_mmio" -> mmio(payload);
      case "kvm_userspace_exit" -> userspaceExit(payload);
      case "kvm_unmap_hva_range", "kvm_unmap_hva" -> invalidation(payload);
      case "kvm_set_spte_hva" -> {
        Matcher match = SET_ENTRY.matcher(payload);
        yield match.matches() ? new KernelFact.EntryChange(Hva.parse(match.group(1))) : null;
      }
      case "kvm_mmu_set_spte" -> entries.set(payload);
      case "kvm_tdp_mmu_spte_changed" -> entries.changed(event, payload);
      case "tracing_mark_write", "print" -> new KernelFact.Marker(marker(payload));
      default -> {
        if (probes.isKnown(event)) {
          yield probes.parse(event, payload);
        }
        yield isKnown(event) ? new KernelFact.Noted(event, payload) : null;
      }
    };
  }

  private static @Nullable KernelFact entry(String payload) {
    Matcher arm = ARM_ENTRY.matcher(payload);
    if (arm.matches()) {
      return new KernelFact.Entered(KernelFact.UNNAMED, Hex.parse(arm.group(1)));
    }
    Matcher x86 = X86_ENTRY.matcher(payload);
    return x86.matches()
        ? new KernelFact.Entered(Numbers.small(x86.group(1)), hexOrZero(x86.group(2)))
        : null;
  }

  private @Nullable KernelFact exit(String payload) {
    Matcher arm = ARM_EXIT.matcher(payload);
    if (arm.matches()) {
      String type = arm.group(1);
      String reason = type == null ? "exit" : type.equals("TRAP") ? "TRAP " + arm.group(2) : type;
      return new KernelFact.Exited(KernelFact.UNNAMED, reason, Hex.parse(arm.group(3)));
    }
    Matcher x86 = X86_EXIT.matcher(payload);
    if (!x86.matches()) {
      return null;
    }
    String reason = x86.group(2).strip();
    entries.sawExit(reason);
    return new KernelFact.Exited(vcpu(x86.group(1)), reason, Hex.parse(x86.group(3)));
  }

  private static @Nullable KernelFact armFault(String payload) {
    Matcher match = ARM_FAULT.matcher(payload);
    return match.matches()
        ? new KernelFact.ArmFault(
            Hex.parse(match.group(1)),
            Hex.parse(match.group(2)),
            Hex.parse(match.group(3)),
            Hex.parse(match.group(4)))
        : null;
  }

  private static @Nullable KernelFact x86Fault(String payload) {
    Matcher match = X86_FAULT.matcher(payload);
    return match.matches()
        ? new KernelFact.X86Fault(
            vcpu(match.group(1)),
            Hex.parse(match.group(3)),
            Hex.parse(match.group(4)),
            hexOrZero(match.group(2)))
        : null;
  }

  private static @Nullable KernelFact mmio(String payload) {
    Matcher match = MMIO.matcher(payload);
    if (!match.matches()) {
      return null;
    }
    MmioPhase phase =
        switch (match.group(1)) {
          case "write" -> MmioPhase.WRITE;
          case "read" -> MmioPhase.READ;
          case "unsatisfied-read" -> MmioPhase.UNSATISFIED_READ;
          default -> null;
        };
    return phase == null
        ? null
        : new KernelFact.Mmio(
            phase,
            Gpa.parse(match.group(3)),
            Numbers.small(match.group(2)),
            Hex.parse(match.group(4)));
  }

  private static @Nullable KernelFact userspaceExit(String payload) {
    Matcher match = USERSPACE_EXIT.matcher(payload);
    if (!match.matches()) {
      return null;
    }
    String reason = match.group(1);
    boolean failed = reason.equals("restart") || reason.equals("error");
    return new KernelFact.LeftToUserspace(
        reason, failed ? Math.abs(Integer.parseInt(match.group(2))) : 0);
  }

  private static @Nullable KernelFact invalidation(String payload) {
    Matcher range = UNMAP_RANGE.matcher(payload);
    if (range.matches()) {
      return new KernelFact.RangeInvalidation(
          HvaRange.between(Hva.parse(range.group(1)), Hva.parse(range.group(2))));
    }
    Matcher page = UNMAP.matcher(payload);
    return page.matches()
        ? new KernelFact.RangeInvalidation(HvaRange.pageOf(Hva.parse(page.group(1))))
        : null;
  }

  /** trace-cmd and perf print the address of the writer, or its name, before the text. */
  private static String marker(String payload) {
    Matcher writer = WRITER.matcher(payload);
    return writer.lookingAt() ? payload.substring(writer.end()) : payload;
  }

  private static int vcpu(@Nullable String text) {
    return text == null ? KernelFact.UNNAMED : Numbers.small(text);
  }

  private static long hexOrZero(@Nullable String text) {
    return text == null ? 0 : Hex.parse(text);
  }
}
