package org.pagetrail.kvm.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.conform.Player;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.host.HostPages;
import org.pagetrail.kvm.host.ThpMode;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Kernels;

/** Huge pages that are split, and base pages that are collapsed. */
class HugePagesTest {
  private static final RecordedHost HOST = RecordedHost.of(Arch.ARM64, ThpMode.MADVISE);

  private static List<String> rows(String scenario) {
    return rows(play(scenario), scenario);
  }

  private static Player play(String scenario) {
    return new Player(Kernels.of(Arch.ARM64, "6.1"), HOST, TableLine.parse(scenario + " ::"));
  }

  private static List<String> rows(Player player, String scenario) {
    assertThat(player.setUp()).isEmpty();
    List<String> rows = new ArrayList<>();
    for (char operation : TableLine.parse(scenario + " ::").sequence().toCharArray()) {
      rows.add(player.step(operation));
    }
    return rows;
  }

  @Test
  void aSplitHugePageIsUnmappedAndMappedByPagesAndACollapsedOneByABlockAgain() {
    assertThat(rows("anon_written_hugeadv RW WsWEW"))
        .containsExactly(
            "W:ok[TA|L2RW]",
            "thp_split[A|-]",
            "W:ok[A|L3RW]",
            "thp_collapse[TA|-]",
            "W:ok[TA|L2RW]");
  }

  @Test
  void splittingKeepsTheFramesAndCollapsingMovesTheContent() {
    Player player = play("anon_written_hugeadv RW hsE");
    assertThat(player.setUp()).isEmpty();
    player.step('h');
    Long written = player.state().host().read(player.address(), 4);
    Pfn before = frame(player);

    player.step('s');
    Pfn split = frame(player);
    player.step('E');

    assertThat(split).isEqualTo(before);
    assertThat(frame(player)).isNotEqualTo(before);
    assertThat(player.state().host().read(player.address(), 4)).isNotNull().isEqualTo(written);
  }

  private static Pfn frame(Player player) {
    HostPages page = Objects.requireNonNull(player.state().host().pageAt(player.address()));
    return Objects.requireNonNull(page.frame());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Another process maps the pages.
        "anon_written_hugeadv RW sFE",
        // No huge page is wanted.
        "anon_written RW WE",
        "anon_written_nohuge RW WE",
        // No page may be written.
        "anon_written_hugeadv RW sPE",
        // Not private memory, or no memory at all.
        "file_private RW WE",
        "shm_written RW WE",
        "unmapped_vma RO E"
      })
  void whatIsNotPrivateWritableAndWantedIsNotCollapsed(String scenario) {
    List<String> rows = rows(scenario);
    String before = rows.get(Math.max(0, rows.size() - 2));

    assertThat(rows.getLast()).startsWith("thp_collapse").doesNotContain("TA");
    assertThat(page(rows.getLast())).isEqualTo(page(before));
  }

  private static String page(String row) {
    return row.substring(row.indexOf('['));
  }

  @Test
  void aSharedHugePageStaysSharedWhenItIsSplitSoThatAWriteCopiesOnePage() {
    assertThat(rows("anon_written_hugeadv RW FshR")).element(2).isEqualTo("host_write32[A|-]");
    Player player = play("anon_written_hugeadv RW Fsh");
    rows(player, "anon_written_hugeadv RW Fsh");

    assertThat(player.state().host().pageAt(player.address()))
        .extracting("shared")
        .isEqualTo(false);
    assertThat(player.state().host().pageAt(player.address().plus(0x1000)))
        .extracting("shared")
        .isEqualTo(true);
  }
}
