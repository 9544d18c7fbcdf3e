package org.pagetrail.store.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.projections.machine.MachineProjection;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.contract.MemoryTrailLog;

/** Axon runs without a word to anybody: its update checker is not there. */
class AxonIsSilentTest {
  @TempDir Path folder;

  @Test
  void theUpdateCheckerIsNotOnTheClassPath() {
    assertThatThrownBy(
            () -> Class.forName("org.axonframework.update.UpdateCheckerConfigurationEnhancer"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void aRunWithAxonTalksToNoSocketAndWritesNothingIntoTheUsersHome() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    String before = System.setProperty("user.home", home.toString());
    try {
      List<String> talked = recorded(AxonIsSilentTest::runMachine);

      assertThat(talked).isEmpty();
      try (Stream<Path> written = Files.walk(home)) {
        assertThat(written).containsExactly(home);
      }
    } finally {
      System.setProperty("user.home", Objects.requireNonNull(before));
    }
  }

  /** What the test above looks at does show a word. */
  @Test
  void aWordToASocketWouldBeSeen() throws IOException {
    assertThat(
            recorded(() -> {
              try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                  Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
                client.getOutputStream().write(1);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            }))
        .isNotEmpty();
  }

  private static void runMachine() {
    TrailLog log = MemoryTrailLog.write(new MemoryTrailLog.Memory(), "run");
    LiveProjection<?> machine = new LiveProjection<>("machine", new MachineProjection());
    try (TrailApplication axon = TrailApplication.start(log, List.of(machine))) {
      assertThat(axon.runMachineOf(Machine.described(), Machine.kernel("bug-2014"))).isNotNull();
      machine.reached(axon.size() - 1).join();
    }
  }

  /** What the flight recorder saw of sockets while something ran. */
  private List<String> recorded(Runnable action) throws IOException {
    Path file = folder.resolve("flight.jfr");
    try (Recording recording = new Recording()) {
      for (String event : List.of("jdk.SocketRead", "jdk.SocketWrite")) {
        recording.enable(event).withoutThreshold().with("throttle", "off");
      }
      recording.start();
      action.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream().map(RecordedEvent::toString).toList();
  }
}
