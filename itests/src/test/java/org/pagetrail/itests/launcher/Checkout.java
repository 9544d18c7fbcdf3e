package org.pagetrail.itests.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of the start script with a few sources, on a machine that has nothing but the tools that
 * the script needs, and the JDKs and the Maven that a test installs.
 */
final class Checkout {

  private static final List<String> TOOLS =
      List.of("cp", "date", "find", "head", "mkdir", "mv", "readlink", "rm", "sh", "sleep");

  /** Prints its arguments, one a line; makes the start-up cache that it is asked for. */
  private static final String JAVA =
      """
      #!/bin/sh
      case $1 in
        -XX:AOTCacheOutput=*) echo "${0%/bin/java}" >>"$MACHINE/caches"; : >"${1#*=}"; exit 0 ;;
      esac
      for argument; do printf '<%s>\\n' "$argument"; done
      """;

  /** Writes down the JDK that it is given and makes what the build would make. */
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$JAVA_HOME" >>"$MACHINE/maven-runs"
      echo '[INFO] Building Pagetrail Events 0.1.0-SNAPSHOT            [2/10]'
      mkdir -p app/target/lib
      : >app/target/pagetrail.jar
      [ ! -e "$MACHINE/broken" ]
      """;

  private final Path machine;
  private final Path root;

  /** What one call left: its exit status and what it printed. */
  record Outcome(int status, String out, String err) {}

  Checkout(Path folder) throws IOException {
    machine = folder;
    root = Files.createDirectories(folder.resolve("a checkout"));
    Files.createDirectories(machine.resolve("tools"));
    for (String tool : TOOLS) {
      executable(
          machine.resolve("tools").resolve(tool), "#!/bin/sh\nexec " + find(tool) + " \"$@\"\n");
    }
    String script =
        Files.readString(Path.of("../pagetrail"))
            .replace("/usr/lib/jvm/*", "\"$MACHINE\"/jvm/*")
            .replace("/opt/*", "/nowhere/*")
            .replace("/Library/Java/", "/nowhere/");
    executable(script(), script);
    Files.createDirectories(source().getParent());
    Files.writeString(source(), "");
    Files.writeString(root.resolve("pom.xml"), "");
    Files.writeString(root.resolve("app/pom.xml"), "");
    // Older than any build, however coarse the clock of the file system.
    for (Path path : everything()) {
      Files.setLastModifiedTime(path, FileTime.from(Instant.EPOCH));
    }
  }

  Path script() {
    return root.resolve("pagetrail");
  }

  Path source() {
    return root.resolve("app/src/main/java/Main.java");
  }

  Path builds() {
    return root.resolve("target/launcher");
  }

  Path installJdk(String name, String version) throws IOException {
    Path home = machine.resolve("jvm").resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    executable(home.resolve("bin/java"), JAVA);
    executable(home.resolve("bin/javac"), "#!/bin/sh\n");
    return home;
  }

  void installMaven() throws IOException {
    executable(machine.resolve("tools/mvn"), MAVEN);
  }

  void breakBuild() throws IOException {
    Files.createFile(machine.resolve("broken"));
  }

  /** The JDK of each run of Maven, in order. */
  List<String> mavenRuns() throws IOException {
    return lines("maven-runs");
  }

  /** The JDK of each start-up cache made, in order. */
  List<String> caches() throws IOException {
    return lines("caches");
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    return outcome(start(script(), Map.of(), arguments));
  }

  Outcome runWithJavaHome(Path javaHome) throws IOException, InterruptedException {
    return outcome(start(script(), Map.of("JAVA_HOME", javaHome.toString())));
  }

  /** Starts the script, or a link to it, from a directory that is not the checkout's. */
  Process start(Path command, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>(List.of(command.toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(machine.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", machine.resolve("tools").toString());
    builder.environment().put("MACHINE", machine.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Waits for the end of a process that {@link #start} made. */
  static Outcome outcome(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), out, err);
  }

  private List<String> lines(String name) throws IOException {
    Path file = machine.resolve(name);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private List<Path> everything() throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.toList();
    }
  }

  private static Path find(String tool) {
    return Stream.of("/usr/bin", "/bin")
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + tool + " in /usr/bin or /bin"));
  }

  private static void executable(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
