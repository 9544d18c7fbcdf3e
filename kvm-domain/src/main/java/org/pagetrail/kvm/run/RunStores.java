package org.pagetrail.kvm.run;

/** Makes the stores for a state that the heap cannot hold. */
public interface RunStores {
  /** An empty store of runs whose values are kept as these words. */
  <V extends Sliced<V>> RunStore<V> store(RunWords<V> words);
}
