package org.pagetrail.traceimport.ftrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.traceimport.capture.KernelCall;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelFact.MmioPhase;
import org.pagetrail.traceimport.capture.KernelFact.Noted;

/**
 * Each format that a kernel of 3.12 to 7.2 had for an event of kvm or kvmmmu: what is printed by it
 * is read back, whatever the values are.
 */
class TracepointFormatsTest {
  private static final long SEED = 20141109;
  private static final int ROUNDS = 500;
  private static final long[] EDGES = {0, 1, 0xfff, 0x1000, 0xffff_ffffL, 1L << 47, -1};

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final KernelEvents events = new KernelEvents(ProbeNames.DEFAULT);

  /** What one round expects of a line. */
  private interface Round {
    void check();
  }

  private void often(Round round) {
    for (int i = 0; i < ROUNDS; i++) {
      round.check();
    }
  }

  private void reads(String event, KernelFact fact, String format, Object... arguments) {
    String payload = Printf.print(format, arguments);
    assertThat(events.parse(event, payload))
        .as("seed %d, %s: %s", SEED, event, payload)
        .isEqualTo(fact);
  }

  private long word() {
    int choice = random.nextInt(EDGES.length * 2);
    return choice < EDGES.length ? EDGES[choice] : random.nextLong() >>> random.nextInt(Long.SIZE);
  }

  private long address() {
    return word() & ((1L << 48) - 1);
  }

  private long half() {
    return word() & 0xffff_ffffL;
  }

  @ParameterizedTest
  @ValueSource(strings = {"PC: 0x%08lx", "PC: 0x%016lx"})
  void entryOfArm(String format) {
    often(() -> {
      long pc = word();
      reads("kvm_entry", new KernelFact.Entered(KernelFact.UNNAMED, pc), format, pc);
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vcpu %u, rip 0x%lx",
        "vcpu %u, rip 0x%lx [immediate exit]",
        "vcpu %u, rip 0x%lx intr_info 0x80000030 error_code 0x00000000",
        "vcpu %u, rip 0x%lx intr_info 0x80000030 error_code 0x00000000 [immediate exit]"
      })
  void entryOfX86(String format) {
    often(() -> {
      int vcpu = random.nextInt(1024);
      long rip = word();
      reads("kvm_entry", new KernelFact.Entered(vcpu, rip), format, vcpu, rip);
      reads("kvm_entry", new KernelFact.Entered(vcpu, 0), "vcpu %u", vcpu);
    });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TRAP|DABT_LOW|TRAP DABT_LOW",
        "TRAP|0x3f|TRAP 0x3f",
        "IRQ|UNKNOWN|IRQ",
        "SERROR|UNKNOWN|SERROR",
        "HYP_GONE|UNKNOWN|HYP_GONE",
        "DATA_ABORT|DABT_HYP|DATA_ABORT",
        "PREF_ABORT|UNKNOWN|PREF_ABORT",
        "0x7|UNKNOWN|0x7"
      })
  void exitOfArm(String type, String syndrome, String reason) {
    for (String pcFormat : List.of("%08lx", "%016lx")) {
      often(() -> {
        long pc = word();
        reads(
            "kvm_exit",
            new KernelFact.Exited(KernelFact.UNNAMED, reason, pc),
            "%s: HSR_EC: 0x%04x (%s), PC: 0x" + pcFormat,
            type,
            random.nextInt(64),
            syndrome,
            pc);
        reads("kvm_exit", new KernelFact.Exited(KernelFact.UNNAMED, "exit", pc), "PC: 0x%08lx", pc);
      });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"EPT_VIOLATION", "EXIT_NPF", "UNKNOWN", "0x4d", "EPT_MISCONFIG|FAILED_VMENTRY"})
  void exitOfX86(String reason) {
    String behind = " info1 0x%016llx info2 0x%016llx intr_info 0x%08x error_code 0x%08x";
    often(() -> {
      long rip = word();
      int vcpu = random.nextInt(1024);
      KernelFact named = new KernelFact.Exited(vcpu, reason, rip);
      String start = "vcpu %u reason %s rip 0x%lx" + behind;
      reads(
          "kvm_exit",
          new KernelFact.Exited(KernelFact.UNNAMED, reason, rip),
          "reason %s rip 0x%lx info %llx %llx",
          reason,
          rip,
          word(),
          word());
      reads("kvm_exit", named, start, vcpu, reason, rip, word(), word(), half(), half());
      reads(
          "kvm_exit",
          named,
          start + " requests 0x%016llx",
          vcpu,
          reason,
          rip,
          word(),
          word(),
          half(),
          half(),
          word());
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"%#08lx", "%#016lx"})
  void faultOfArm(String pcFormat) {
    often(() -> {
      long ipa = address();
      long syndrome = half();
      long far = word();
      long pc = word();
      reads(
          "kvm_guest_fault",
          new KernelFact.ArmFault(ipa, syndrome, far, pc),
          "ipa %#llx, hsr %#08lx, hxfar %#08lx, pc " + pcFormat,
          ipa,
          syndrome,
          far,
          pc);
    });
  }

  @Test
  void faultOfX86() {
    often(() -> {
      long address = word();
      long code = word();
      long rip = word();
      int vcpu = random.nextInt(1024);
      reads(
          "kvm_page_fault",
          new KernelFact.X86Fault(KernelFact.UNNAMED, address, code, 0),
          "address %lx error_code %x",
          address,
          code);
      reads(
          "kvm_page_fault",
          new KernelFact.X86Fault(vcpu, address, code, rip),
          "vcpu %u rip 0x%lx address 0x%016llx error_code 0x%llx",
          vcpu,
          rip,
          address,
          code);
    });
  }

  @ParameterizedTest
  @CsvSource({"read, READ", "write, WRITE", "unsatisfied-read, UNSATISFIED_READ"})
  void mmio(String name, MmioPhase phase) {
    often(() -> {
      long gpa = address();
      long value = word();
      int width = 1 << random.nextInt(4);
      reads(
          "kvm_mmio",
          new KernelFact.Mmio(phase, new Gpa(gpa), width, value),
          "mmio %s len %u gpa 0x%llx val 0x%llx",
          name,
          width,
          gpa,
          value);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"%#08lx", "%#016lx"})
  void notifiers(String hva) {
    often(() -> {
      long start = address() & -0x1000;
      long end = start + 0x1000L * (1 + random.nextInt(512));
      reads(
          "kvm_unmap_hva_range",
          new KernelFact.RangeInvalidation(HvaRange.between(new Hva(start), new Hva(end))),
          "mmu notifier unmap range: " + hva + " -- " + hva,
          start,
          end);
      reads(
          "kvm_unmap_hva",
          new KernelFact.RangeInvalidation(HvaRange.pageOf(new Hva(start))),
          "mmu notifier unmap hva: " + hva,
          start);
      reads(
          "kvm_set_spte_hva",
          new KernelFact.EntryChange(new Hva(start)),
          "mmu notifier set pte hva: " + hva,
          start);
    });
  }

  @Test
  void exitToUserspace() {
    often(() -> {
      int number = random.nextInt(64);
      String name = random.nextBoolean() ? "KVM_EXIT_MMIO" : "0x" + Integer.toHexString(number);
      reads(
          "kvm_userspace_exit",
          new KernelFact.LeftToUserspace(name, 0),
          "reason %s (%d)",
          name,
          number);
      reads(
          "kvm_userspace_exit",
          new KernelFact.LeftToUserspace("error", number),
          "reason %s (%d)",
          "error",
          number);
    });
  }

  @Test
  void entriesOfX86() {
    often(() -> {
      long gfn = random.nextLong(1L << 36);
      long pfn = random.nextLong(1L << 40);
      long spte = pfn << 12 | 0x877;
      reads(
          "kvm_mmu_set_spte",
          new KernelFact.EntrySet(
              new KernelCall.Stage2Map(
                  new Gpa(gfn << 12),
                  new ByteSize(0x1000),
                  new Pfn(pfn),
                  Perms.parse("rwx"),
                  MemoryType.NONE)),
          "gfn %llx spte %llx (%s%s%s%s) level %d at %llx",
          gfn,
          spte,
          "r",
          "w",
          "x",
          "u",
          1,
          word());
      reads(
          "kvm_tdp_mmu_spte_changed",
          new KernelFact.Called(
              new KernelCall.Stage2Unmap(new GpaRange(new Gpa(gfn << 12), new ByteSize(0x1000)))),
          "as id %d gfn %llx level %d old_spte %llx new_spte %llx",
          0,
          gfn,
          1,
          spte,
          0x5a0L);
    });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check_mmio_spte|spte %llx kvm_gen %x spte-gen %x valid %d",
        "fast_page_fault|vcpu %d gva %lx error_code %x sptep %x old %#llx new %llx spurious %d"
            + " fixed %d",
        "handle_mmio_page_fault|addr:%llx gfn %llx access %x",
        "kvm_access_fault|IPA: %lx",
        "kvm_age_hva|mmu notifier age hva: %#08lx -- %#08lx",
        "kvm_age_hva|mmu notifier age hva: %#016lx -- %#016lx",
        "kvm_mmio_emulate|Emulate MMIO at: 0x%08lx (instr: %08lx, cpsr: %08lx)",
        "kvm_mmio_emulate|Emulate MMIO at: 0x%016lx (instr: %08lx, cpsr: %08lx)",
        "kvm_mmio_nisv|ipa %#016lx, esr %#016lx, far %#016lx, pc %#016lx",
        "kvm_mmu_spte_requested|gfn %llx pfn %llx level %d",
        "kvm_mmu_spte_requested|gfn %llx pfn %llx level %d access %x",
        "kvm_set_way_flush|S/W flush at 0x%016lx (cache on)",
        "kvm_test_age_hva|mmu notifier test age hva: %#08lx",
        "kvm_test_age_hva|mmu notifier test age hva: %#016lx",
        "kvm_toggle_cache|VM op at 0x%016lx (cache was off, now on)",
        "mark_mmio_spte|sptep:%x gfn %llx access %x gen %x"
      })
  void eventsThatSayNothingThatAnotherDoesNotAreNotes(String event, String format) {
    often(() -> {
      Object[] any = {word(), word(), word(), word(), word(), word(), word(), word()};
      reads(event, new Noted(event, Printf.print(format, any)), format, any);
    });
  }
}
