package org.pagetrail.app.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that behaves to a recording as QEMU does: it traces a memslot and talks the machine
 * protocol. Its guest switches its machine off at once.
 */
final class FakeQemu {
  private static final String TRACE =
      """
      7@1700000000.000001:flatview_new 0x10 (root 0x20)
      7@1700000000.000002:kvm_set_user_memory Slot#0 flags=0x0 gpa=0x0 size=0x4000 ua=0x10000 ret=0
      7@1700000000.000003:kvm_set_user_memory Slot#1 flags=0x0 gpa=0x8000 size=0x1000 ua=0x20000 ret=0
      7@1700000000.000004:kvm_set_user_memory Slot#1 flags=0x0 gpa=0x8000 size=0x0 ua=0x20000 ret=0
      """;

  private FakeQemu() {}

  /** Runs as {@code -trace help} or as a machine. */
  public static void main(String[] arguments) throws IOException {
    List<String> words = List.of(arguments);
    if (words.contains("help")) {
      System.out.println("kvm_set_user_memory\npflash_write\npflash_io_read\nunrelated");
      return;
    }
    if (words.contains("-refuse")) {
      System.exit(3);
    }
    String trace = after(words, "-trace");
    Files.writeString(Path.of(trace.substring(trace.indexOf("file=") + "file=".length())), TRACE);
    String socket = after(words, "-qmp").substring("unix:".length()).split(",", -1)[0];
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      try (SocketChannel client = server.accept()) {
        serve(client, words.contains("-leave"));
      }
    }
  }

  private static String after(List<String> words, String option) {
    return words.get(words.lastIndexOf(option) + 1);
  }

  private static void serve(SocketChannel client, boolean leavesAtOnce) throws IOException {
    BufferedReader in =
        new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8.newDecoder(), -1));
    say(client, "{\"QMP\": {\"version\": {\"qemu\": {\"major\": 9, \"minor\": 2, \"micro\": 1}}}}");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (leavesAtOnce && line.contains("\"cont\"")) {
        return;
      }
      if (line.contains("query-kvm")) {
        say(client, "{\"return\": {\"enabled\": true, \"present\": true}}");
      } else if (line.contains("info mtree")) {
        say(client, "{\"return\": \"FlatView #0\\r\\n AS \\\"memory\\\", root: system\\r\\n\"}");
      } else if (line.contains("human-monitor-command")) {
        say(client, "{\"error\": {\"class\": \"GenericError\", \"desc\": \"unknown command\"}}");
      } else {
        say(client, "{\"return\": {}}");
      }
      if (line.contains("\"cont\"")) {
        say(client, "{\"event\": \"RESUME\"}\n{\"event\": \"SHUTDOWN\"}");
      }
      if (line.contains("\"quit\"")) {
        return;
      }
    }
  }

  private static void say(SocketChannel client, String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }
}
