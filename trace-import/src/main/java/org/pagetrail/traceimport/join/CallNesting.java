package org.pagetrail.traceimport.join;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
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
final class CallNesting {
  /** No path of the kernel nests our probes deeper; more are calls whose return was dropped. */
  private static final int DEPTH_MAX = 32;

  /** Told what became of a call. */
  interface Sink {
    /** The call has its return. */
    void returned(long call, long ret);

    /** The call has none. */
    void lost(long call);
  }

  private record Open(long line, ProbeMeaning meaning) {}

  private final Sink sink;
  private final Set<ProbeMeaning> withReturns = EnumSet.noneOf(ProbeMeaning.class);
  private final Map<Integer, Deque<Open>> open = new HashMap<>();

  /**
   * Pairs calls and returns.
   *
   * @param returns of which calls the trace has returns, as far as its beginning tells
   */
  CallNesting(Set<ProbeMeaning> returns, Sink sink) {
    withReturns.addAll(returns);
    this.sink = sink;
  }

  /** Takes the next line; true if it is a call whose return may follow. */
  boolean add(long index, KernelLine line) {
    if (line.fact() instanceof Called called) {
      return call(index, called.call().meaning(), line.thread());
    }
    if (line.fact() instanceof Returned returned) {
      withReturns.add(returned.meaning());
      Deque<Open> stack = open.get(line.thread());
      if (stack != null) {
        pair(index, returned.meaning(), stack);
      }
    }
    return false;
  }

  private boolean call(long index, ProbeMeaning meaning, int thread) {
    if (!withReturns.contains(meaning)) {
      return false;
    }
    Deque<Open> stack = open.computeIfAbsent(thread, key -> new ArrayDeque<>());
    stack.push(new Open(index, meaning));
    if (stack.size() > DEPTH_MAX) {
      sink.lost(stack.removeLast().line());
    }
    return true;
  }

  private void pair(long at, ProbeMeaning meaning, Deque<Open> stack) {
    int depth = 0;
    for (Iterator<Open> calls = stack.iterator(); calls.hasNext(); depth++) {
      if (calls.next().meaning() == meaning) {
        for (int i = 0; i < depth; i++) {
          sink.lost(stack.pop().line());
        }
        sink.returned(stack.pop().line(), at);
        return;
      }
    }
  }

  /** Waits no longer for the return of a call. */
  void giveUp(long index, int thread) {
    Deque<Open> stack = open.get(thread);
    if (stack != null && stack.removeIf(call -> call.line() == index)) {
      sink.lost(index);
    }
  }
}
