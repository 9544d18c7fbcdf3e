package org.pagetrail.traceimport.join;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.ProbeMeaning;
import org.pagetrail.traceimport.capture.QemuLine;

/** Which thread is which vCPU. */
final class VcpuThreads {
  private VcpuThreads() {}

  /** The threads that QEMU's log names as vCPUs; empty where its number is no thread id. */
  static Map<Integer, Integer> named(List<QemuLine> log) {
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
  static Map<Integer, Integer> numbered(List<KernelLine> lines, Map<Integer, Integer> byQemu) {
    Set<Integer> threads = new LinkedHashSet<>();
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    for (KernelLine line : lines) {
      if (line.fact() instanceof KernelFact.OfVcpu fact) {
        threads.add(line.thread());
        if (fact.vcpu() != KernelFact.UNNAMED) {
          numbers.putIfAbsent(line.thread(), fact.vcpu());
        }
      } else if (line.fact() instanceof KernelFact.Returned returned
          && returned.meaning() == ProbeMeaning.HANDLE_ABORT) {
        threads.add(line.thread());
      }
    }
    for (int thread : threads) {
      Integer named = byQemu.get(thread);
      if (named != null && !numbers.containsValue(named)) {
        numbers.putIfAbsent(thread, named);
      }
    }
    int next = 0;
    for (int thread : threads) {
      if (!numbers.containsKey(thread)) {
        while (numbers.containsValue(next)) {
          next++;
        }
        numbers.put(thread, next);
      }
    }
    return numbers;
  }
}
