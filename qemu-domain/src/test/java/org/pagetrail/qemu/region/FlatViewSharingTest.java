package org.pagetrail.qemu.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.events.QemuEvent.RegionType.CONTAINER;
import static org.pagetrail.events.QemuEvent.RegionType.IO;
import static org.pagetrail.events.QemuEvent.RegionType.RAM;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pagetrail.qemu.region.Region.Mark;

class FlatViewSharingTest {

  @Test
  void aWholeAliasIsLookedThrough() {
    TreeOf tree = TreeOf.system().region("ram", RAM, 0x1000).alias("bus master", "system", 0, -1);
    tree.put("ram", "system", 0x4000, 0);

    assertThat(root(tree, "bus master")).isEqualTo("system");
  }

  @Test
  void anAliasThatCutsIsARootOfItsOwn() {
    TreeOf tree = TreeOf.system().region("ram", RAM, 0x1000).region("io", IO, 0x1000);
    tree.put("ram", 0).put("io", 0x1000).alias("short", "system", 0, 0x1000);
    tree.alias("shifted", "system", 0x1000, -1);

    assertThat(root(tree, "short")).isEqualTo("short");
    assertThat(root(tree, "shifted")).isEqualTo("shifted");
  }

  @Test
  void anOnlyChildAtAddressZeroStandsForItsContainer() {
    TreeOf tree = TreeOf.system().region("flash", RAM, 0x1000).region("hidden", IO, 0x1000);
    tree.put("flash", 0).put("hidden", 0).mark("hidden", Mark.ENABLED, false);

    assertThat(root(tree, "system")).isEqualTo("flash");
  }

  @Test
  void anOnlyChildElsewhereDoesNot() {
    TreeOf tree = TreeOf.system().region("ram", RAM, 0x1000);
    tree.put("ram", 0x1000);

    assertThat(root(tree, "system")).isEqualTo("system");
  }

  @Test
  void anOnlyChildLargerThanItsContainerDoesNot() {
    TreeOf tree = TreeOf.system().region("window", CONTAINER, 0x1000).region("ram", RAM, 0x2000);
    tree.put("ram", "window", 0, 0);

    assertThat(root(tree, "window")).isEqualTo("window");
  }

  @Test
  void whatIsEmptyOrHiddenHasNoRoot() {
    TreeOf tree = TreeOf.system().region("ram", RAM, 0x1000);
    assertThat(root(tree, "system")).isNull();

    tree.put("ram", 0).mark("ram", Mark.ENABLED, false);
    assertThat(root(tree, "system")).isNull();
    assertThat(root(tree, "ram")).isNull();
  }

  @Test
  void anIoRegionIsARootEvenWithChildren() {
    TreeOf tree = TreeOf.system().region("io", IO, 0x1000).region("child", IO, 0x1000);
    tree.put("child", "io", 0, 0);

    assertThat(root(tree, "io")).isEqualTo("io");
  }

  @Test
  void untilTwoTenEveryAddressSpaceRendersItsOwnRoot() {
    TreeOf tree = TreeOf.system().alias("bus master", "system", 0, -1);

    assertThat(FlatViewSharing.PER_ADDRESS_SPACE.rootOf(tree.tree(), "bus master"))
        .isEqualTo("bus master");
  }

  private static @Nullable String root(TreeOf tree, String region) {
    return FlatViewSharing.PER_ROOT.rootOf(tree.tree(), region);
  }
}
