package org.pagetrail.store.fold;

import org.pagetrail.kvm.run.RunStores;
import org.pagetrail.kvm.run.RunWords;
import org.pagetrail.kvm.run.Sliced;
import org.pagetrail.projections.machine.FrameKind;
import org.pagetrail.projections.machine.FrameName;
import org.pagetrail.projections.machine.HostPage;
import org.pagetrail.projections.machine.PageStores;
import org.pagetrail.projections.machine.Stage2Entry;
import org.pagetrail.projections.ranges.RunStore;

/**
 * Keeps what a machine's state knows of single pages outside the heap, and what the model's state
 * does, so that a trail of any length can be folded and replayed in a small one. The states must
 * not be used any more once this is closed.
 */
public final class OffHeapStores implements PageStores, RunStores, AutoCloseable {
  private final Memory memory = Memory.lasting();

  @Override
  public RunStore<Stage2Entry> stage2() {
    return new OffHeapRuns<>(memory, new Stage2EntryCodec(memory));
  }

  @Override
  public RunStore<HostPage> hostPages() {
    return new OffHeapRuns<>(memory, new HostPageCodec());
  }

  @Override
  public RunStore<FrameKind> frameKinds() {
    return new OffHeapRuns<>(memory, new FrameKindCodec());
  }

  @Override
  public RunStore<FrameName> frameNames() {
    return new OffHeapRuns<>(memory, new FrameNameCodec());
  }

  @Override
  public <V extends Sliced<V>> org.pagetrail.kvm.run.RunStore<V> store(RunWords<V> words) {
    return new ModelRuns<>(memory, words);
  }

  @Override
  public void close() {
    memory.release();
  }
}
