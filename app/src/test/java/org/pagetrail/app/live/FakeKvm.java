package org.pagetrail.app.live;

import java.util.function.IntUnaryOperator;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.kvm.KvmCommand.SetMemslot;
import org.pagetrail.kvm.KvmDecider;
import org.pagetrail.kvm.KvmState;
import org.pagetrail.kvm.Machine.Paging;
import org.pagetrail.kvm.host.HostSettings;
import org.pagetrail.kvm.model.KernelModel;

/** A host without a device: its kernel answers by rules, and may get one answer wrong. */
final class FakeKvm implements KvmHost {
  private static final ByteSize MEMORY = new ByteSize(MemslotTable.MEMORY_BYTES);

  private final KvmDecider kernel;
  private final HostFacts facts;
  private int wrongRequest = -1;
  private IntUnaryOperator mistake = errno -> errno;
  private int requests;
  private int open;
  private int created;

  FakeKvm(KernelModel kernel, int memslots, int addressSpaces) {
    boolean x86 = kernel.arch().word().equals("x86");
    this.kernel = new KvmDecider(kernel);
    this.facts =
        new HostFacts(
            kernel.arch().word(),
            kernel.release() + ".7-fake",
            memslots,
            addressSpaces,
            true,
            x86 ? 46 : 40,
            x86 ? 47 : 48,
            Paging.EPT,
            new HvaRange(new Hva(0x7000_0000_0000L), MEMORY),
            new HvaRange(new Hva(0x7100_0000_0000L), MEMORY));
  }

  /** The request of this number, from 0 over all virtual machines, is answered otherwise. */
  FakeKvm withMistake(int request, IntUnaryOperator otherwise) {
    wrongRequest = request;
    mistake = otherwise;
    return this;
  }

  int openVms() {
    return open;
  }

  int createdVms() {
    return created;
  }

  int requests() {
    return requests;
  }

  @Override
  public HostFacts facts() {
    return facts;
  }

  @Override
  public Vm createVm() {
    open++;
    created++;
    return new FakeVm();
  }

  @Override
  public void close() {}

  /** Its memslots. */
  private final class FakeVm implements Vm {
    private KvmState state = KvmState.initial(facts.machine(), HostSettings.DEFAULT);

    @Override
    public int set(SetMemslot request) {
      int errno = 0;
      KvmState after = state;
      for (Decision decision : kernel.decide(state, request)) {
        after = kernel.evolve(after, decision.event());
        if (decision.event() instanceof MemslotSet set) {
          errno = -set.ret();
        }
      }
      int answer = requests++ == wrongRequest ? mistake.applyAsInt(errno) : errno;
      if (answer == 0) {
        state = after;
      }
      return answer;
    }

    @Override
    public void close() {
      open--;
    }
  }
}
