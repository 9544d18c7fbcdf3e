package org.pagetrail.projections.machine;

import org.pagetrail.projections.ranges.RunStore;

/**
 * Where a {@link MachineState} keeps what grows with the pages that a trail is about. Each call
 * gives a store for one state.
 */
public interface PageStores {
  /** For what stage 2 maps, by guest frame. */
  RunStore<Stage2Entry> stage2();

  /** For the host's pages, by host page number. */
  RunStore<HostPage> hostPages();

  /** For the kinds of the host's frames. */
  RunStore<FrameKind> frameKinds();

  /** For the names of frames in another trail, by frame; on the heap if nothing is said. */
  default RunStore<FrameName> frameNames() {
    return RunStore.onHeap();
  }

  /** Stores on the heap, for trails of some million events. */
  static PageStores onHeap() {
    return new PageStores() {
      @Override
      public RunStore<Stage2Entry> stage2() {
        return RunStore.onHeap();
      }

      @Override
      public RunStore<HostPage> hostPages() {
        return RunStore.onHeap();
      }

      @Override
      public RunStore<FrameKind> frameKinds() {
        return RunStore.onHeap();
      }
    };
  }
}
