package org.pagetrail.itests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.itests.launcher.Checkout.Outcome;

class LauncherTest {

  @TempDir private Path machine;
  private Checkout checkout;

  @BeforeEach
  void copyTheScript() throws IOException {
    checkout = new Checkout(machine);
  }

  @Test
  void theFirstCallBuildsAndTheSecondOnlyStarts() throws Exception {
    Path jdk = checkout.installJdk("25", "25.0.3");
    checkout.installMaven();

    Outcome first = checkout.run("--version");
    Outcome second = checkout.run("--version");

    assertThat(first.status()).isZero();
    assertThat(first.err()).contains("building").contains("[2/10] Pagetrail Events");
    assertThat(second.status()).isZero();
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).isEqualTo(first.out()).endsWith("<--version>\n");
    assertThat(checkout.mavenRuns()).containsExactly(jdk.toString());
    assertThat(checkout.caches()).containsExactly(jdk.toString());
  }

  @Test
  void aSourceNewerThanTheBuildIsBuilt() throws Exception {
    checkout.installJdk("25", "25.0.3");
    checkout.installMaven();
    checkout.run();

    Instant later = Instant.now().plus(Duration.ofMinutes(1));
    Files.setLastModifiedTime(checkout.source(), FileTime.from(later));
    checkout.run();

    assertThat(checkout.mavenRuns()).hasSize(2);
  }

  @Test
  void withoutANewEnoughJdkItSaysSoInOneSentenceAndEndsWithTwo() throws Exception {
    checkout.installJdk("17", "17.0.15");
    checkout.installJdk("8", "1.8.0_402");
    checkout.installMaven();

    Outcome outcome = checkout.run();

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("pagetrail: needs a JDK 25 or newer").hasLineCount(1);
    assertThat(checkout.mavenRuns()).isEmpty();
  }

  @Test
  void withoutMavenItSaysSoInOneSentenceAndEndsWithTwo() throws Exception {
    checkout.installJdk("25", "25.0.3");

    Outcome outcome = checkout.run();

    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("pagetrail: needs Maven").hasLineCount(1);
  }

  @Test
  void aFailedBuildNamesItsLogAndLeavesNoBuildBehind() throws Exception {
    checkout.installJdk("25", "25.0.3");
    checkout.installMaven();
    checkout.breakBuild();

    Outcome outcome = checkout.run();

    Path log = checkout.builds().resolve("build.log");
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains("the build failed, see " + log.toRealPath());
    assertThat(log).content().contains("Building Pagetrail Events");
    assertThat(names(checkout.builds())).containsExactly("build.log", "status");
  }

  @Test
  void argumentsArriveAsTheyWereGiven() throws Exception {
    checkout.installJdk("25", "25.0.3");
    checkout.installMaven();

    Outcome outcome = checkout.run("a b", "", "*", "$HOME", "\"'\\");

    assertThat(outcome.out()).endsWith("<a b>\n<>\n<*>\n<$HOME>\n<\"'\\>\n");
  }

  @Test
  void aSymbolicLinkStartsIt() throws Exception {
    checkout.installJdk("25", "25.0.3");
    checkout.installMaven();
    Files.createSymbolicLink(machine.resolve("direct"), checkout.script());
    Path link = Files.createSymbolicLink(machine.resolve("a link"), Path.of("direct"));

    Outcome outcome = Checkout.outcome(checkout.start(link, Map.of()));

    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).contains("<" + checkout.builds().toRealPath());
  }

  @Test
  void twoThatStartAtOnceBuildOnce() throws Exception {
    checkout.installJdk("25", "25.0.3");
    checkout.installMaven();

    Process one = checkout.start(checkout.script(), Map.of());
    Process other = checkout.start(checkout.script(), Map.of());

    assertThat(Checkout.outcome(one).status()).isZero();
    assertThat(Checkout.outcome(other).status()).isZero();
    assertThat(checkout.mavenRuns()).hasSize(1);
    assertThat(checkout.caches()).hasSize(1);
  }

  @Test
  void theLockOfAKilledProcessIsTakenOver() throws Exception {
    checkout.installJdk("25", "25.0.3");
    checkout.installMaven();
    Files.createDirectories(checkout.builds().resolve("lock"));
    Files.writeString(checkout.builds().resolve("lock/pid"), Integer.MAX_VALUE + "\n");

    assertThat(checkout.run().status()).isZero();

    assertThat(names(checkout.builds())).doesNotContain("lock");
  }

  @Test
  void aJavaHomeThatIsTooOldIsPassedOverForTheBuildToo() throws Exception {
    Path old = checkout.installJdk("17", "17.0.15");
    Path fit = checkout.installJdk("26", "26");
    checkout.installMaven();

    assertThat(checkout.runWithJavaHome(old).status()).isZero();

    assertThat(checkout.mavenRuns()).containsExactly(fit.toString());
  }

  @Test
  void anotherJdkGetsAStartUpCacheOfItsOwn() throws Exception {
    Path one = checkout.installJdk("25", "25.0.3");
    Path other = checkout.installJdk("26", "26");
    checkout.installMaven();
    checkout.runWithJavaHome(one);

    Outcome outcome = checkout.runWithJavaHome(other);

    assertThat(outcome.out()).contains("<-XX:AOTCache=");
    assertThat(checkout.caches()).containsExactly(one.toString(), other.toString());
    assertThat(checkout.mavenRuns()).hasSize(1);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }
}
