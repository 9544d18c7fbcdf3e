package org.pagetrail.traceimport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Given a difference of two clocks by the user, and inputs that tell another one. */
class GivenOffsetTest {
  private static final long TOLD = 1795370437_523156000L;

  @Test
  void anOffsetWithinTheErrorOfTheEndsOfRunsIsNoContradiction() {
    assertThat(warnings(TOLD + 15_000)).isEmpty();
  }

  @Test
  void anOffsetBeyondTheErrorIsUsedWithBothFiguresInAWarning() {
    assertThat(warnings(TOLD + 1_000_000))
        .singleElement()
        .asString()
        .startsWith(
            "the given offset of 1795370437.524156000 s contradicts the ends of KVM_RUN in the"
                + " system calls and in the kernel's trace, which say 1795370437.523156")
        .contains(" s apart, with an error of 0.00002")
        .endsWith("the given one is used, leave out --offset for the other");
  }

  private static List<String> warnings(long offset) {
    List<Path> both = List.of(Samples.file("both-strace.txt"), Samples.file("both-trace.txt"));
    return CaptureImporter.importInputs(both, ImportOptions.DEFAULT.withOffset(offset))
        .report()
        .warnings()
        .stream()
        .filter(warning -> warning.contains("offset"))
        .toList();
  }
}
