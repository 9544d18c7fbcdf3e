package org.pagetrail.kvm;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.kvm.model.KernelModel;

/** How a few accesses end on a kernel, for tests that only ask that they end. */
public final class FixedMachine {
  private FixedMachine() {}

  /** A load, a store, a fetch and a delete over memory that nobody has touched. */
  public static List<String> overZeroPage(KernelModel kernel, SlotFlags flags) {
    return ends(new VirtualMachine(kernel).withAnonymousMemory(), flags);
  }

  /** The same over page frames. */
  public static List<String> overFrames(KernelModel kernel, PageKind kind, SlotFlags flags) {
    return ends(new VirtualMachine(kernel).withFrames(kind), flags);
  }

  private static List<String> ends(VirtualMachine vm, SlotFlags flags) {
    Gpa page = VirtualMachine.GPA;
    List<String> ends = new ArrayList<>();
    ends.add("errno " + vm.setSlot(flags));
    ends.add(vm.read(page));
    ends.add(vm.access(AccessKind.EXECUTE, page.plus(0x1000), null));
    ends.add(vm.write(page.plus(0x2000), 1));
    vm.perform(new KvmCommand.HostFill(VirtualMachine.range(), 1));
    vm.perform(new KvmCommand.GetDirtyLog(VirtualMachine.SLOT));
    return ends;
  }
}
