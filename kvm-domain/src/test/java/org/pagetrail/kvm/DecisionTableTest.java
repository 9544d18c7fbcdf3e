package org.pagetrail.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.kvm.KvmCommand.Advice;
import org.pagetrail.kvm.host.Mapping.Details;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/** What every kernel decides, and by which rule, in the same few runs stands in a table. */
class DecisionTableTest {
  private static final Pattern VALUE =
      Pattern.compile("\\w+\\[(?:value|bytes|pages|bits)=(-?\\d+)]");
  private static final Pattern FIELD = Pattern.compile("\\w+=");

  /** What lies behind the slot. */
  enum Behind {
    BLANK,
    HUGE,
    HUGE_SHIFTED,
    HUGETLB,
    DEVICE
  }

  @ParameterizedTest
  @EnumSource(Behind.class)
  void everyKernelDecidesAsTheTableSays(Behind behind) {
    List<String> lines = new ArrayList<>();
    for (SlotFlags flags :
        List.of(SlotFlags.NONE, SlotFlags.READ_ONLY, new SlotFlags(SlotFlags.LOG_DIRTY))) {
      Map<String, Map<String, List<KernelModel>>> steps = new LinkedHashMap<>();
      for (Arch arch : Arch.values()) {
        for (String release : Kernels.releases(arch)) {
          play(Kernels.of(arch, release), behind, flags, steps);
        }
      }
      steps.forEach((step, outcomes) -> {
        lines.add(behind + " " + flags + " " + step);
        outcomes.forEach((outcome, kernels) -> {
          lines.add("  " + Recorded.named(kernels));
          outcome.lines().forEach(line -> lines.add("    " + line));
        });
      });
    }
    Recorded table =
        new Recorded(
            DecisionTableTest.class,
            "decisions-" + behind.name().toLowerCase(java.util.Locale.ROOT) + ".txt");
    table.offer(lines);

    assertThat(table.difference(lines)).isEmpty();
  }

  private static void play(
      KernelModel kernel,
      Behind behind,
      SlotFlags flags,
      Map<String, Map<String, List<KernelModel>>> steps) {
    VirtualMachine vm = machine(kernel, behind);
    Gpa page = VirtualMachine.GPA;
    Map<String, KvmCommand> run = new LinkedHashMap<>();
    run.put(
        "create",
        new KvmCommand.SetMemslot(
            VirtualMachine.SLOT, flags, page, VirtualMachine.SIZE, slotHva(behind)));
    run.put("load 0", access(AccessKind.READ, 0, null));
    run.put("store 0", access(AccessKind.WRITE, 0, 7L));
    run.put("fetch 1", access(AccessKind.EXECUTE, 1, null));
    run.put("store 2", access(AccessKind.WRITE, 2, 9L));
    run.put("load 2", access(AccessKind.READ, 2, null));
    run.put("atomic 3", access(AccessKind.ATOMIC, 3, 1L));
    run.put("string out 4", access(AccessKind.STRING_OUT, 4, null));
    run.put("string in 4", access(AccessKind.STRING_IN, 4, 3L));
    run.put("walk 5", access(AccessKind.WALK_READ, 5, null));
    run.put("maintenance 6", access(AccessKind.CACHE_MAINTENANCE, 6, null));
    run.put("dirty log", new KvmCommand.GetDirtyLog(VirtualMachine.SLOT));
    run.put("store 2 again", access(AccessKind.WRITE, 2, 10L));
    run.put("discard", new KvmCommand.Madvise(VirtualMachine.range(), Advice.DONTNEED));
    run.put("load 2 again", access(AccessKind.READ, 2, null));
    run.put(
        "delete",
        new KvmCommand.SetMemslot(
            VirtualMachine.SLOT, flags, page, ByteSize.ZERO, slotHva(behind)));
    run.put("load no slot", access(AccessKind.READ, 2, null));
    run.put("fetch no slot", access(AccessKind.EXECUTE, 2, null));
    run.put("maintenance no slot", access(AccessKind.CACHE_MAINTENANCE, 2, null));
    run.forEach((step, command) -> {
      StringBuilder outcome = new StringBuilder();
      for (Decision decision : vm.decisions(command)) {
        outcome.append(said(decision)).append('\n');
      }
      steps
          .computeIfAbsent(step, same -> new LinkedHashMap<>())
          .computeIfAbsent(outcome.toString(), same -> new ArrayList<>())
          .add(kernel);
    });
  }

  private static String said(Decision decision) {
    String event =
        VALUE.matcher(decision.event().toString()).replaceAll(found -> hex(found.group(1)));
    return FIELD.matcher(event).replaceAll("") + " by " + decision.rule().rule();
  }

  private static String hex(String value) {
    return Long.toHexString(Long.parseLong(value));
  }

  private static KvmCommand access(
      AccessKind kind, int page, @org.jspecify.annotations.Nullable Long value) {
    return new KvmCommand.AccessMemory(0, kind, VirtualMachine.GPA.plus(page * 0x1000L), 4, value);
  }

  private static Hva slotHva(Behind behind) {
    return behind == Behind.HUGE_SHIFTED ? VirtualMachine.HVA.plus(0x1000) : VirtualMachine.HVA;
  }

  private static VirtualMachine machine(KernelModel kernel, Behind behind) {
    ThpMode thp =
        behind == Behind.HUGE || behind == Behind.HUGE_SHIFTED ? ThpMode.ALWAYS : ThpMode.NEVER;
    VirtualMachine vm = new VirtualMachine(kernel, Machine.of(kernel.arch()), thp);
    return switch (behind) {
      case BLANK, HUGE -> vm.withAnonymousMemory();
      case HUGE_SHIFTED -> {
        vm.perform(
            new KvmCommand.MapHost(
                new HvaRange(VirtualMachine.HVA, ByteSize.mebibytes(8)),
                Backing.PRIVATE_ANONYMOUS,
                Perms.RW,
                org.pagetrail.events.HostEvent.HugeAdvice.NONE,
                "",
                Details.NONE));
        yield vm;
      }
      case HUGETLB -> vm.withMapping(Backing.HUGETLB_PRIVATE, Perms.RW, Details.NONE);
      case DEVICE -> vm.withFrames(PageKind.DEVICE);
    };
  }
}
