package org.pagetrail.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.store.TrailFile;

/** What {@code import} says of inputs that are not a capture, or not one alone. */
class OddInputsTest {
  private static final String TRACE =
      " qemu-7 [000] ..... 10.000001: kvm_userspace_exit: reason 6\n";

  @TempDir private Path temp;

  @Test
  void aTrailIsNotImportedAgain() {
    Path trail = temp.resolve("run.trail");
    TrailFile.write(trail, "run", new Trail());

    Ran ran = imported(trail);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().replaceAll("\n +", " "))
        .contains("run.trail is a trail already see what is in it: pagetrail trail info ");
  }

  @Test
  void ofAFolderOfCapturesTheCapturesAreNamed() throws IOException {
    trace("boots/one");
    trace("boots/two");

    Ran ran = imported(temp.resolve("boots"));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().replaceAll("\n +", " "))
        .contains("there is no file; ")
        .contains("boots: folders in it are not read, one, two; name each");
  }

  @Test
  void foldersInACaptureAreNotPassedOverInSilence() throws IOException {
    trace("boot");
    Files.createDirectories(temp.resolve("boot/snapshots"));

    Ran ran = imported(temp.resolve("boot"));

    assertThat(ran.code()).isZero();
    assertThat(ran.out().replaceAll("\n +", " "))
        .contains("boot: folders in it are not read, snapshots; name each that belongs");
  }

  private void trace(String folder) throws IOException {
    Path place = Files.createDirectories(temp.resolve(folder));
    Files.writeString(place.resolve("trace.txt"), TRACE);
  }

  private Ran imported(Path input) {
    return Ran.of("import", input.toString(), "-o", temp.resolve("of.trail").toString());
  }
}
