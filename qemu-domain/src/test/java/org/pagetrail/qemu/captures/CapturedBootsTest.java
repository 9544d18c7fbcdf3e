package org.pagetrail.qemu.captures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every boot of a real QEMU, from its command line and the guest's accesses to flash. */
class CapturedBootsTest {

  static List<CapturedBoot> boots() throws IOException {
    return CapturedBoot.all();
  }

  @ParameterizedTest
  @MethodSource("boots")
  void theModelTracesWhatQemuTraced(CapturedBoot boot) {
    BootReplay replay = BootReplay.of(boot);

    assertThat(replay.predicted()).containsExactlyElementsOf(replay.recorded());
  }
}
