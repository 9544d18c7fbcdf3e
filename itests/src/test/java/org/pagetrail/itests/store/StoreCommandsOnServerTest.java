package org.pagetrail.itests.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.itests.store.Pagetrail.Ran;

/** The commands that keep trails on a server, each a process of its own. */
class StoreCommandsOnServerTest {
  private static final String HANG =
      Path.of("..", "captures", "boots", "bug2014-6.1-bios64-thpnever").toString();

  private final String database = PostgresServer.shared().newDatabase();

  @TempDir private Path folder;

  @Test
  void aRunOnTheServerIsTheRunInAFile() throws Exception {
    Path written = folder.resolve("written.trail");
    Path got = folder.resolve("got.trail");

    Ran run = pagetrail("run", HANG, "--store", database + "#run", "-o", written.toString());
    Ran get = pagetrail("store", "get", database + "#run", "-o", got.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("outcome   hang (derived)");
    assertThat(get.err()).isEmpty();
    assertThat(textOf(got)).isEqualTo(textOf(written)).hasSizeGreaterThan(100_000);
  }

  @Test
  void aRecordedBootIsPutOnTheServerNotedOnceAndGotWithItsFindings() throws Exception {
    Path recorded = folder.resolve("recorded.trail");
    Path got = folder.resolve("got.trail");
    assertThat(pagetrail("import", HANG, "-o", recorded.toString()).err()).isEmpty();

    Ran put = pagetrail("store", "put", recorded.toString(), database + "#boot");
    Ran twice = pagetrail("store", "put", recorded.toString(), database + "#boot");
    Ran note = pagetrail("store", "note", database + "#boot");
    Ran again = pagetrail("store", "note", database + "#boot");
    Ran get = pagetrail("store", "get", database + "#boot", "-o", got.toString());

    assertThat(put.code()).as(put.err()).isZero();
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err()).contains("a capture goes into an empty trail");
    assertThat(note.out()).matches("[1-9]\\d* findings noted\n");
    assertThat(again.out()).isEqualTo("0 findings noted\n");
    assertThat(get.code()).as(get.err()).isZero();
    assertThat(textOf(got))
        .startsWith(textOf(recorded))
        .hasSizeGreaterThan(textOf(recorded).length());
  }

  private String textOf(Path trail) throws Exception {
    Ran cat = pagetrail("trail", "cat", trail.toString());
    assertThat(cat.code()).as(cat.err()).isZero();
    return cat.out().substring(cat.out().indexOf('\n') + 1);
  }

  private Ran pagetrail(String... words) throws IOException, InterruptedException {
    return Pagetrail.run(folder, List.of(), words);
  }
}
