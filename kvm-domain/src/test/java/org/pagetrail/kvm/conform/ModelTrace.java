package org.pagetrail.kvm.conform;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.HostEvent.RangeInvalidated;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.DeviceDecided;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.Stage2Faulted;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.KvmEvent.Stage2Unmapped;
import org.pagetrail.events.KvmEvent.Stage2WriteProtected;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.trail.Decision;

/** Decisions of the model in the words of {@link ArmTrace}. */
final class ModelTrace {
  private ModelTrace() {}

  static List<String> words(List<Decision> decisions) {
    List<String> words = new ArrayList<>();
    for (Decision decision : decisions) {
      String word = word(decision.event());
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }

  private static String word(Event event) {
    return switch (event) {
      case Stage2Faulted fault -> ArmTrace.fault(fault.gpa().value(), fault.syndrome());
      case MmioExited exit -> "mmio %s %d %s".formatted(exit.gpa(), exit.width(), exit.write());
      case RangeInvalidated range ->
          "invalidated 0x%x 0x%x"
              .formatted(
                  offset(range.range().start().value()), offset(range.range().last().value() + 1));
      case EntryChanged changed -> "changed 0x%x".formatted(offset(changed.hva().value()));
      case PfnResolved found ->
          "lookup 0x%x write %d %s"
              .formatted(found.gfn().value(), found.write() ? 1 : 0, found.result());
      case DeviceDecided device ->
          "device writable %d is %d".formatted(device.writable() ? 1 : 0, device.device() ? 1 : 0);
      case Stage2Mapped mapped ->
          "map %s %s prot 0x%x ret %d"
              .formatted(
                  mapped.gpa(),
                  mapped.size(),
                  prot(mapped.perms()) | (mapped.memoryType() == MemoryType.DEVICE ? 8 : 0),
                  mapped.ret());
      case Stage2Relaxed relaxed ->
          "relax %s prot 0x%x ret %d"
              .formatted(relaxed.gpa(), prot(relaxed.added()), relaxed.ret());
      case Stage2Unmapped range ->
          "unmap %s %s".formatted(range.range().start(), range.range().size());
      case Stage2WriteProtected range ->
          "protect %s %s".formatted(range.range().start(), range.range().size());
      case AbortInjected ignored -> "abort injected";
      case AbortHandled handled -> "handled " + handled.ret();
      default -> "";
    };
  }

  private static int prot(Perms perms) {
    return (perms.read() ? 4 : 0) | (perms.write() ? 2 : 0) | (perms.execute() ? 1 : 0);
  }

  private static long offset(long hva) {
    return hva - Backings.HVA.value();
  }
}
