package org.pagetrail.qemu.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.events.QemuEvent.RegionType.CONTAINER;
import static org.pagetrail.events.QemuEvent.RegionType.IO;
import static org.pagetrail.events.QemuEvent.RegionType.RAM;
import static org.pagetrail.events.QemuEvent.RegionType.ROM_DEVICE;

import org.junit.jupiter.api.Test;
import org.pagetrail.qemu.region.Region.Mark;

class FlatViewRendererTest {

  @Test
  void higherPriorityCoversLower() {
    TreeOf tree = TreeOf.system().region("ram", RAM, 0x4000).region("over", IO, 0x1000);
    tree.put("over", "system", 0x1000, 1).put("ram", 0);

    assertThat(tree.shown())
        .containsExactly(
            "0x0-0x1000 ram@0x0", "0x1000-0x2000 over@0x0", "0x2000-0x4000 ram@0x2000");
  }

  @Test
  void lowerPriorityIsCoveredEvenWhenItCameLater() {
    TreeOf tree = TreeOf.system().region("ram", RAM, 0x2000).region("under", IO, 0x3000);
    tree.put("ram", 0).put("under", "system", 0, -1);

    assertThat(tree.shown()).containsExactly("0x0-0x2000 ram@0x0", "0x2000-0x3000 under@0x2000");
  }

  @Test
  void amongEqualPrioritiesTheLatestAddedWins() {
    TreeOf tree = TreeOf.system().region("old", RAM, 0x2000).region("new", IO, 0x2000);
    tree.put("old", 0).put("new", 0);

    assertThat(tree.shown()).containsExactly("0x0-0x2000 new@0x0");
  }

  @Test
  void aRegionThatMovesBecomesTheLatestAdded() {
    TreeOf tree = TreeOf.system().region("old", RAM, 0x2000).region("new", IO, 0x2000);
    tree.put("old", 0x1000).put("new", 0);

    tree.move("old", 0);

    assertThat(tree.shown()).containsExactly("0x0-0x2000 old@0x0");
  }

  @Test
  void theHolesOfAContainerShowWhatLiesBehindIt() {
    TreeOf tree =
        TreeOf.system()
            .region("ram", RAM, 0x4000)
            .region("window", CONTAINER, 0x4000)
            .region("bar", IO, 0x1000);
    tree.put("ram", 0).put("window", "system", 0, 10).put("bar", "window", 0x1000, 0);

    assertThat(tree.shown())
        .containsExactly("0x0-0x1000 ram@0x0", "0x1000-0x2000 bar@0x0", "0x2000-0x4000 ram@0x2000");
  }

  @Test
  void aRegionOfItsOwnShowsBehindItsChildren() {
    TreeOf tree = TreeOf.system().region("io", IO, 0x3000).region("child", RAM, 0x1000);
    tree.put("io", 0x1000).put("child", "io", 0x1000, 0);

    assertThat(tree.shown())
        .containsExactly(
            "0x1000-0x2000 io@0x0", "0x2000-0x3000 child@0x0", "0x3000-0x4000 io@0x2000");
  }

  @Test
  void aContainerClipsWhatSticksOutOfIt() {
    TreeOf tree = TreeOf.system().region("window", CONTAINER, 0x2000).region("ram", RAM, 0x8000);
    tree.put("window", 0x1000).put("ram", "window", 0x1000, 0);

    assertThat(tree.shown()).containsExactly("0x2000-0x3000 ram@0x0");
  }

  @Test
  void anAliasShowsAWindowOfItsTarget() {
    TreeOf tree = TreeOf.system().region("ram", RAM, 0x10000).alias("high", "ram", 0x8000, 0x4000);
    tree.put("high", 0x10_0000);

    assertThat(tree.shown()).containsExactly("0x100000-0x104000 ram@0x8000");
  }

  @Test
  void anAliasWhoseBaseIsBelowZeroShowsItsWindow() {
    TreeOf tree =
        TreeOf.system()
            .region("ram", RAM, 0x1_0000_0000L)
            .alias("low", "ram", 0xc000_0000L, 0x1000);
    tree.put("low", 0);

    assertThat(tree.shown()).containsExactly("0x0-0x1000 ram@0xc0000000");
  }

  @Test
  void theAddressOfATargetInItsOwnContainerDoesNotCount() {
    TreeOf tree =
        TreeOf.system()
            .region("bank", CONTAINER, 0x10000)
            .region("ram", RAM, 0x2000)
            .alias("view", "ram", 0x1000, 0x1000);
    tree.put("ram", "bank", 0x4000, 0).put("view", 0x8000);

    assertThat(tree.shown()).containsExactly("0x8000-0x9000 ram@0x1000");
  }

  @Test
  void readOnlyOfAnAliasSticksToWhatItShows() {
    TreeOf tree = TreeOf.system().region("ram", RAM, 0x4000).alias("pam", "ram", 0x1000, 0x1000);
    tree.put("ram", 0).put("pam", "system", 0x1000, 1).mark("pam", Mark.READ_ONLY, true);

    assertThat(tree.shown())
        .containsExactly(
            "0x0-0x1000 ram@0x0", "0x1000-0x2000 ram@0x1000 ro", "0x2000-0x4000 ram@0x2000");
  }

  @Test
  void neighboursOfTheSameRegionAndMannerAreOneRange() {
    TreeOf tree =
        TreeOf.system()
            .region("ram", RAM, 0x4000)
            .alias("a", "ram", 0, 0x1000)
            .alias("b", "ram", 0x1000, 0x3000);
    tree.put("a", 0).put("b", 0x1000);

    assertThat(tree.shown()).containsExactly("0x0-0x4000 ram@0x0");
  }

  @Test
  void neighboursWhoseOffsetsJumpStayApart() {
    TreeOf tree =
        TreeOf.system()
            .region("ram", RAM, 0x4000)
            .alias("a", "ram", 0, 0x1000)
            .alias("b", "ram", 0x2000, 0x1000);
    tree.put("a", 0).put("b", 0x1000);

    assertThat(tree.shown()).containsExactly("0x0-0x1000 ram@0x0", "0x1000-0x2000 ram@0x2000");
  }

  @Test
  void unmergeableRangesStayApart() {
    TreeOf tree =
        TreeOf.system()
            .region("ram", RAM, 0x4000)
            .alias("a", "ram", 0, 0x1000)
            .alias("b", "ram", 0x1000, 0x1000);
    tree.put("a", 0).put("b", 0x1000).mark("b", Mark.UNMERGEABLE, true);

    assertThat(tree.shown()).hasSize(2);
  }

  @Test
  void aDisabledRegionHidesAllItContains() {
    TreeOf tree = TreeOf.system().region("window", CONTAINER, 0x2000).region("ram", RAM, 0x1000);
    tree.put("window", 0).put("ram", "window", 0, 0).mark("window", Mark.ENABLED, false);

    assertThat(tree.shown()).isEmpty();
  }

  @Test
  void anAliasIsHiddenByItsTargetButNotByTheTargetsContainer() {
    TreeOf tree =
        TreeOf.system()
            .region("bank", CONTAINER, 0x1000)
            .region("ram", RAM, 0x1000)
            .alias("view", "ram", 0, 0x1000);
    tree.put("ram", "bank", 0, 0).put("view", 0).mark("bank", Mark.ENABLED, false);
    assertThat(tree.shown()).hasSize(1);

    tree.mark("ram", Mark.ENABLED, false);
    assertThat(tree.shown()).isEmpty();
  }

  @Test
  void theWholeSpaceEndsAtTwoToThe64() {
    TreeOf tree = TreeOf.system().region("all", IO, -1);
    tree.put("all", 0);

    assertThat(tree.shown()).containsExactly("0x0-0x10000000000000000 all@0x0");
  }

  @Test
  void whatPassesTheEndOfTheSpaceIsCutOff() {
    TreeOf tree = TreeOf.system().region("ram", RAM, 0x4000);
    tree.put("ram", -0x1000L);

    assertThat(tree.shown()).containsExactly("0xfffffffffffff000-0x10000000000000000 ram@0x0");
  }

  @Test
  void romdModeKeepsNeighboursOfARomDeviceApartFromOthers() {
    TreeOf tree = TreeOf.system().region("flash", ROM_DEVICE, 0x2000);
    tree.put("flash", 0);
    assertThat(tree.render().getFirst().romd()).isTrue();

    tree.mark("flash", Mark.ROMD, false);
    assertThat(tree.render().getFirst().romd()).isFalse();
  }

  @Test
  void anEmptyRegionShowsNothing() {
    TreeOf tree = TreeOf.system().region("ram", RAM, 0x2000).region("none", IO, 0);
    tree.put("ram", 0).put("none", 0x1000);

    assertThat(tree.shown()).containsExactly("0x0-0x2000 ram@0x0");
  }
}
