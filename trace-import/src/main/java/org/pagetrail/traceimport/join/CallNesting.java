package org.pagetrail.traceimport.join;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pagetrail.traceimport.capture.KernelFact.Called;
import org.pagetrail.traceimport.capture.KernelFact.Returned;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.ProbeMeaning;

/**
 * Which return belongs to which call. Calls of one thread nest; a return that the kernel dropped
 * leaves its call without one.
 */
public final class CallNesting {
  /** No line. */
  public static final int NONE = -1;

  /** No path of the kernel nests our probes deeper; more are calls whose return was dropped. */
  private static final int DEPTH_MAX = 32;

  private final int[] peers;
  private final Set<ProbeMeaning> withReturns = EnumSet.noneOf(ProbeMeaning.class);

  /** Pairs all calls and returns of a trace. */
  public CallNesting(List<KernelLine> lines) {
    peers = new int[lines.size()];
    Arrays.fill(peers, NONE);
    for (KernelLine line : lines) {
      if (line.fact() instanceof Returned returned) {
        withReturns.add(returned.meaning());
      }
    }
    Map<Integer, Deque<Integer>> open = new HashMap<>();
    for (int i = 0; i < peers.length; i++) {
      KernelLine line = lines.get(i);
      Deque<Integer> stack = open.computeIfAbsent(line.thread(), thread -> new ArrayDeque<>());
      if (line.fact() instanceof Called called && withReturns.contains(called.call().meaning())) {
        stack.push(i);
        if (stack.size() > DEPTH_MAX) {
          stack.removeLast();
        }
      } else if (line.fact() instanceof Returned returned) {
        pair(i, returned.meaning(), stack, lines);
      }
    }
  }

  /** The return of a call, the call of a return, or {@link #NONE}. */
  public int peer(int line) {
    return peers[line];
  }

  /** True if the trace has returns of such calls at all. */
  public boolean returns(ProbeMeaning meaning) {
    return withReturns.contains(meaning);
  }

  private void pair(int at, ProbeMeaning meaning, Deque<Integer> stack, List<KernelLine> lines) {
    int depth = 0;
    for (Iterator<Integer> calls = stack.iterator(); calls.hasNext(); depth++) {
      int call = calls.next();
      if (lines.get(call).fact() instanceof Called called && called.call().meaning() == meaning) {
        peers[at] = call;
        peers[call] = at;
        for (int i = 0; i <= depth; i++) {
          stack.pop();
        }
        return;
      }
    }
  }
}
