package org.pagetrail.traceimport.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.trail.Source;
import org.pagetrail.traceimport.capture.KernelCall.LookUpPfn;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.KernelLine;
import org.pagetrail.traceimport.capture.ProbeMeaning;

class KernelWindowTest {
  private static final KernelFact CALL = new KernelFact.Called(new LookUpPfn(new Gfn(0x40), false));
  private static final KernelFact RETURN = new KernelFact.Returned(ProbeMeaning.LOOK_UP_PFN, 7);
  private static final KernelFact OTHER = new KernelFact.Noted("kvm_wfx_arm64", "");

  private static KernelLine line(int number, KernelFact fact) {
    return new KernelLine(
        new Source("trace.txt", number, 0), (long) number, 5, KernelLine.NO_PROCESS, fact);
  }

  /** A call, so many other lines, its return. */
  private static KernelWindow windowOver(int between, int linesMax) {
    List<KernelLine> lines = new ArrayList<>();
    lines.add(line(1, CALL));
    for (int i = 0; i < between; i++) {
      lines.add(line(2 + i, OTHER));
    }
    lines.add(line(2 + between, RETURN));
    return new KernelWindow(Lines.of(lines), TraceFacts.of(lines, List.of()), linesMax);
  }

  @Test
  void nothingIsReadAheadOfALineThatStandsAlone() {
    KernelWindow window =
        new KernelWindow(
            Lines.of(List.of(line(1, OTHER), line(2, OTHER))), TraceFacts.of(List.of(), List.of()));

    assertThat(window.has(0)).isTrue();
    assertThat(window.peer(0)).isNull();
    assertThat(window.end()).isEqualTo(1);
  }

  @Test
  void aCallIsReadUpToItsReturn() {
    KernelWindow window = windowOver(3000, KernelWindow.LINES_MAX);

    assertThat(window.has(0)).isTrue();
    assertThat(window.returnOf(0)).isEqualTo(3001);
    assertThat(window.peer(0)).isEqualTo(line(3002, RETURN));
    assertThat(window.peer(3001)).isEqualTo(line(1, CALL));
  }

  @Test
  void aReturnThatIsTooFarAwayIsTakenForNone() {
    KernelWindow window = windowOver(100, 64);

    assertThat(window.has(0)).isTrue();
    assertThat(window.returnOf(0)).isEqualTo(KernelWindow.NONE);
    while (window.first() < 101) {
      window.drop();
      assertThat(window.has(window.first())).isTrue();
    }
    assertThat(window.line(101).fact()).isEqualTo(RETURN);
    assertThat(window.peer(101)).isNull();
  }

  @Test
  void aDroppedLineIsForgotten() {
    KernelWindow window = windowOver(10, 64);
    assertThat(window.has(0)).isTrue();
    window.drop();

    assertThat(window.has(0)).isFalse();
    assertThat(window.has(1)).isTrue();
  }
}
