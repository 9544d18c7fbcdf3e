package org.pagetrail.traceimport.join;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.ProbeMeaning;
import org.pagetrail.traceimport.capture.QemuLine;

/** Which thread is which vCPU; one that the beginning does not have is numbered when it is seen. */
public final class VcpuThreads {
  private static final int NO_THREAD = -1;

  private final Map<Integer, Integer> numbers;
  private final Map<Integer, Integer> byLog;

  /** A thread that has its number. */
  private int lastSeen = NO_THREAD;

  VcpuThreads(TraceFacts facts) {
    numbers = new LinkedHashMap<>(facts.vcpus());
    byLog = facts.vcpusByLog();
  }

  /** The number of the vCPU that a thread runs, null if it runs none. */
  public @Nullable Integer number(int thread) {
    return numbers.get(thread);
  }

  /** The thread of a vCPU, null if it was not seen. */
  @Nullable Integer thread(int vcpu) {
    for (Map.Entry<Integer, Integer> known : numbers.entrySet()) {
      if (known.getValue() == vcpu) {
        return known.getKey();
      }
    }
    return null;
  }

  /**
   * The thread of the only vCPU, where a log does not name vCPUs at all; null if there are more.
   */
  @Nullable Integer only() {
    return numbers.size() == 1 ? numbers.keySet().iterator().next() : null;
  }

  /** Takes note of the thread of a line. */
  void see(KernelLine line) {
    if (line.thread() != lastSeen && isOfVcpu(line.fact())) {
      if (!numbers.containsKey(line.thread())) {
        number(numbers, byLog, line.thread(), stated(line.fact()));
      }
      lastSeen = line.thread();
    }
  }

  private static boolean isOfVcpu(KernelFact fact) {
    return fact instanceof KernelFact.OfVcpu
        || (fact instanceof KernelFact.Returned returned
            && returned.meaning() == ProbeMeaning.HANDLE_ABORT);
  }

  private static int stated(KernelFact fact) {
    return fact instanceof KernelFact.OfVcpu ofVcpu ? ofVcpu.vcpu() : KernelFact.UNNAMED;
  }

  private static void number(
      Map<Integer, Integer> numbers, Map<Integer, Integer> byLog, int thread, int stated) {
    Integer named = stated == KernelFact.UNNAMED ? byLog.get(thread) : Integer.valueOf(stated);
    if (named == null || (stated == KernelFact.UNNAMED && numbers.containsValue(named))) {
      int next = 0;
      while (numbers.containsValue(next)) {
        next++;
      }
      named = next;
    }
    numbers.put(thread, named);
  }

  /** The threads that QEMU's log names as vCPUs; empty where its number is no thread id. */
  public static Map<Integer, Integer> named(List<QemuLine> log) {
    Map<Integer, Integer> named = new HashMap<>();
    Set<Integer> ambiguous = new HashSet<>();
    for (QemuLine line : log) {
      if (line.vcpu() >= 0 && line.thread() >= 0) {
        Integer before = named.put(line.thread(), line.vcpu());
        if (before != null && before != line.vcpu()) {
          ambiguous.add(line.thread());
        }
      }
    }
    named.keySet().removeAll(ambiguous);
    return named;
  }

  /**
   * Numbers the threads that run a vCPU: as the trace states it, else as QEMU's log states it, else
   * in the order in which they first entered the guest or were first seen in it.
   */
  static Map<Integer, Integer> numbered(List<KernelLine> lines, Map<Integer, Integer> byLog) {
    Set<Integer> threads = new LinkedHashSet<>();
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    for (KernelLine line : lines) {
      if (isOfVcpu(line.fact())) {
        threads.add(line.thread());
        int stated = stated(line.fact());
        if (stated != KernelFact.UNNAMED) {
          numbers.putIfAbsent(line.thread(), stated);
        }
      }
    }
    for (int thread : threads) {
      Integer named = byLog.get(thread);
      if (named != null && !numbers.containsValue(named)) {
        numbers.putIfAbsent(thread, named);
      }
    }
    for (int thread : threads) {
      if (!numbers.containsKey(thread)) {
        number(numbers, Map.of(), thread, KernelFact.UNNAMED);
      }
    }
    return numbers;
  }
}
