package org.pagetrail.app.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagetrail.app.cli.Trouble;

class QemuCommandTest {
  private static List<String> recorded(String command) {
    return new QemuCommand(List.of(command.split(" ", -1)))
        .instrumented(Path.of("/e"), Path.of("/l"), Path.of("/t"), Path.of("/m"));
  }

  @Test
  void theMachineWaitsForALookBeforeItsFirstInstructionAndAfterItsLast() {
    assertThat(recorded("qemu-system-arm -M virt"))
        .startsWith("qemu-system-arm", "-M", "virt")
        .containsSubsequence("-trace", "events=/e,file=/t")
        .containsSubsequence("-D", "/l")
        .containsSubsequence("-qmp", "unix:/m,server=on,wait=off")
        .contains("-S", "-no-shutdown");
  }

  @Test
  void theUsersLogAndTheUsersWishesAboutStartAndEndStay() {
    assertThat(recorded("qemu-system-arm -S -no-shutdown -D mine.log"))
        .containsOnlyOnce("-S")
        .containsOnlyOnce("-no-shutdown")
        .containsOnlyOnce("-D")
        .doesNotContain("/l");
    assertThat(new QemuCommand(List.of("q", "--S")).startsStopped()).isTrue();
    assertThat(new QemuCommand(List.of("q", "-incoming", "x")).startsStopped()).isTrue();
    assertThat(new QemuCommand(List.of("q", "-m", "64")).startsStopped()).isFalse();
  }

  @Test
  void noCommandAndOneThatLeavesAtOnceAreRefused() {
    assertThatThrownBy(() -> new QemuCommand(List.of()))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("after --");
    assertThatThrownBy(() -> new QemuCommand(List.of("q", "-daemonize")))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("--pid");
  }
}
