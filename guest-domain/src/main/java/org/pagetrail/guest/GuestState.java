package org.pagetrail.guest;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;

/** Where each started vCPU is in its program. Immutable. */
public final class GuestState {
  /** No vCPU has started. */
  public static final GuestState RESET = new GuestState(Collections.emptySortedMap());

  private final SortedMap<Integer, VcpuState> vcpus;

  private GuestState(SortedMap<Integer, VcpuState> vcpus) {
    this.vcpus = vcpus;
  }

  /** True once the vCPU has left reset. */
  public boolean isStarted(int vcpu) {
    return vcpus.containsKey(vcpu);
  }

  /** True if the vCPU has started and waits for an access to end. */
  public boolean isRunning(int vcpu) {
    VcpuState state = vcpus.get(vcpu);
    return state != null && state.position() != null;
  }

  /** True if the vCPU has started and its program has ended. */
  public boolean isEnded(int vcpu) {
    return isStarted(vcpu) && !isRunning(vcpu);
  }

  @Nullable VcpuState vcpu(int vcpu) {
    return vcpus.get(vcpu);
  }

  GuestState with(int vcpu, VcpuState state) {
    TreeMap<Integer, VcpuState> changed = new TreeMap<>(vcpus);
    changed.put(vcpu, state);
    return new GuestState(changed);
  }

  /**
   * One vCPU.
   *
   * @param position where it waits; null once its program has ended
   * @param begun true if the access that it waits for has begun
   * @param last the access that ended last; null before the first one
   * @param turn what follows that end, or the start
   */
  record VcpuState(
      @Nullable ProgramPosition position,
      boolean begun,
      @Nullable GuestAccessCompleted last,
      Turn turn) {
    /** What follows the end of an access, or the start if {@code last} is null. */
    static VcpuState after(@Nullable GuestAccessCompleted last, Turn turn) {
      return new VcpuState(turn.next(), false, last, turn);
    }

    /** The access that this vCPU waits for has begun. */
    VcpuState withAccessBegun() {
      return new VcpuState(position, true, last, turn);
    }
  }
}
