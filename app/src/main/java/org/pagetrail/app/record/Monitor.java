package org.pagetrail.app.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** QEMU's machine protocol: one command and one answer at a time, events whenever they come. */
final class Monitor implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** QEMU answers at once, or when it has its lock; a guest may keep it busy. */
  private static final int ANSWER_SECONDS_MAX = 30;

  /** QEMU ended before it answered. */
  static final class QemuLeft extends IOException {
    private static final long serialVersionUID = 1L;

    private QemuLeft(String command) {
      super(command + ": QEMU left");
    }
  }

  private final SocketChannel channel;
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private final String release;

  private Monitor(SocketChannel channel, BufferedReader in, Consumer<String> events)
      throws IOException {
    this.channel = channel;
    JsonNode version = object(in.readLine()).path("QMP").path("version").path("qemu");
    this.release =
        version.path("major").asInt()
            + "."
            + version.path("minor").asInt()
            + "."
            + version.path("micro").asInt();
    Thread.ofVirtual().name("monitor").start(() -> listen(in, events));
    execute("qmp_capabilities", Map.of());
  }

  /**
   * Connects to a monitor.
   *
   * @param events takes the names of events, such as {@code SHUTDOWN}, on a thread of its own
   */
  static Monitor connect(Path socket, Consumer<String> events) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      BufferedReader in =
          new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8.newDecoder(), -1));
      return new Monitor(channel, in, events);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** QEMU's release, such as {@code 7.2.22}. */
  String release() {
    return release;
  }

  /**
   * Executes a command of the protocol.
   *
   * @return what it returns
   * @throws QemuLeft if QEMU ends before it answers
   * @throws IOException if QEMU refuses or does not answer
   */
  JsonNode execute(String command, Map<String, ?> arguments) throws IOException {
    ObjectNode request = JSON.createObjectNode().put("execute", command);
    request.set("arguments", JSON.valueToTree(arguments));
    byte[] line = (request + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.wrap(line);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    JsonNode answer = answer(command);
    if (answer.has("error")) {
      throw new IOException(command + ": " + answer.path("error").path("desc").asText());
    }
    return answer.path("return");
  }

  /** What the human monitor prints. */
  String print(String command) throws IOException {
    return execute("human-monitor-command", Map.of("command-line", command)).asText();
  }

  private JsonNode answer(String command) throws IOException {
    try {
      JsonNode answer = answers.poll(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
      if (answer == null) {
        throw new IOException(command + ": QEMU does not answer");
      }
      if (answer.isMissingNode()) {
        throw new QemuLeft(command);
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(command + ": interrupted", e);
    }
  }

  private void listen(BufferedReader in, Consumer<String> events) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        JsonNode message = object(line);
        if (message.has("event")) {
          events.accept(message.path("event").asText());
        } else {
          answers.add(message);
        }
      }
    } catch (IOException e) {
      // The end of QEMU, or of our interest in it.
    }
    answers.add(JSON.missingNode());
  }

  private static JsonNode object(String line) throws IOException {
    if (line == null) {
      throw new IOException("QEMU left");
    }
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IOException("not the machine protocol of QEMU: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
