package org.pagetrail.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.QemuEvent.FlatViewBuilt;
import org.pagetrail.events.QemuEvent.FlatViewCommitted;
import org.pagetrail.events.QemuEvent.FlatViewDropped;
import org.pagetrail.events.QemuEvent.Refused;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.qemu.QemuCommand.PowerOn;
import org.pagetrail.qemu.board.BoardSpec;
import org.pagetrail.qemu.board.KvmCapabilities;
import org.pagetrail.qemu.region.RegionOp;
import org.pagetrail.qemu.region.RegionOp.Add;
import org.pagetrail.qemu.region.RegionOp.Create;
import org.pagetrail.qemu.region.RegionOp.Move;
import org.pagetrail.qemu.region.RegionOp.Remove;

class RegionTransactionTest {
  @Test
  void aReadOnlyAliasMakesAReadOnlyRangeButNoReadOnlySlot() {
    Monitor monitor = Monitor.virt("7.2.22");

    monitor.does(
        Monitor.ram("shadow", 0x1000),
        Create.alias("pam", "shadow", 0, 0x1000),
        RegionOp.Set.readOnly("pam", true),
        new Add("pam", "system", 0x1_0000_0000L));

    assertThat(monitor.slots()).containsExactly("#4 0x0 0x100000000+0x1000");
    assertThat(monitor.events(FlatViewCommitted.class).getFirst().ranges())
        .anySatisfy(range -> assertThat(range.kind().name()).isEqualTo("ROM"));
  }

  @Test
  void romIsReadOnlyWhereKvmCanAndWritableWhereItCannot() {
    RegionOp[] rom = {
      Monitor.ram("rom", 0x1000),
      RegionOp.Set.readOnly("rom", true),
      new Add("rom", "system", 0x1_0000_0000L)
    };
    Monitor able = Monitor.virt("7.2.22").does(rom);
    assertThat(able.slots()).containsExactly("#4 0x2 0x100000000+0x1000");

    KvmCapabilities old = new KvmCapabilities(false, 32, ByteSize.PAGE, false);
    Monitor unable =
        new Monitor("7.2.22")
            .does(new PowerOn(BoardSpec.of("virt", "7.2.22", Monitor.RAM, List.of(), old)));
    assertThat(unable.slots())
        .as("no slot for a flash that could be written")
        .containsExactly("#0 0x0 0x40000000+0x10000000", "#1 0x0 0x90a0000+0x1000");
    assertThat(unable.does(rom).slots()).containsExactly("#2 0x0 0x100000000+0x1000");
  }

  @Test
  void aChangeOfAnUnreachableRegionRebuildsTheMapsAndChangesNothing() {
    Monitor monitor = Monitor.virt("7.2.22");

    monitor.does(Create.of("island", RegionType.CONTAINER, 0x1000));
    assertThat(monitor.events(FlatViewBuilt.class)).isEmpty();

    monitor.does(Create.of("palm", RegionType.IO, 0x1000), new Add("palm", "island", 0));
    assertThat(monitor.events(FlatViewBuilt.class)).hasSize(2);
    assertThat(monitor.events(FlatViewDropped.class)).hasSize(2);
    assertThat(monitor.slots()).isEmpty();
    assertThat(monitor.events(FlatViewCommitted.class)).isEmpty();
  }

  @Test
  void aTransactionRebuildsTheMapsOnce() {
    Monitor monitor = Monitor.virt("7.2.22");

    monitor.does(
        Monitor.ram("a", 0x1000), new Add("a", "system", 0x1_0000_0000L),
        Monitor.ram("b", 0x1000), new Add("b", "system", 0x1_0000_1000L));

    assertThat(monitor.events(FlatViewBuilt.class)).hasSize(2);
    assertThat(monitor.slots()).hasSize(2);
  }

  @Test
  void anImpossibleStepUndoesTheWholeTransaction() {
    Monitor monitor = Monitor.virt("7.2.22");
    QemuState before = monitor.state();

    monitor.does(
        Monitor.ram("dimm", 0x1000),
        new Add("dimm", "system", 0x1_0000_0000L),
        new Add("dimm", "system", 0x2_0000_0000L));

    assertThat(monitor.events())
        .containsExactly(new Refused("RegionTransaction", "dimm lies in system already"));
    assertThat(monitor.state()).isEqualTo(before);
  }

  @Test
  void impossibleStepsAreNamed() {
    Monitor monitor = Monitor.virt("7.2.22");

    assertThat(reason(monitor, new Add("none", "system", 0)))
        .isEqualTo("there is no region called none");
    assertThat(reason(monitor, new Remove("gpex_mmio_window")))
        .isEqualTo("gpex_mmio_window lies in no container");
    assertThat(reason(monitor, Monitor.ram("pl011", 0x1000)))
        .isEqualTo("there is a region called pl011 already");
    assertThat(reason(monitor, Monitor.ram("empty", 0)))
        .isEqualTo("RAM block empty must have 1 to 2^63 - 1 bytes");
    assertThat(reason(monitor, new RegionOp.SetRomd("pl011", false)))
        .isEqualTo("pl011 is no ROM device");
    assertThat(reason(monitor, Create.of("view", RegionType.ALIAS, 1)))
        .isEqualTo("view must have a target just if it is an alias");
  }

  @Test
  void aRegionCannotContainItself() {
    Monitor monitor = Monitor.virt("7.2.22");

    assertThat(
            reason(
                monitor,
                Create.of("box", RegionType.CONTAINER, 0x1000),
                Create.alias("mirror", "box", 0, 0x1000),
                new Add("mirror", "box", 0)))
        .isEqualTo("mirror would contain itself through box");
  }

  @Test
  void aTreeThatWouldRenderWithoutEndIsRefused() {
    Monitor monitor = Monitor.virt("7.2.22");
    List<RegionOp> ops = new ArrayList<>(List.of(Create.of("w0", RegionType.IO, 0x1000)));
    for (int i = 1; i < 40; i++) {
      String box = "w" + i;
      String inner = "w" + (i - 1);
      ops.add(Create.of(box, RegionType.CONTAINER, 0x1000));
      for (String side : List.of(box + "-a", box + "-b")) {
        ops.add(Create.alias(side, inner, 0, 0x1000));
        ops.add(new Add(side, box, 0));
      }
    }
    ops.add(new Add("w39", "system", 0x1_0000_0000L));

    assertThat(reason(monitor, ops.toArray(RegionOp[]::new)))
        .startsWith("memory would take more than 100000 regions to render");
  }

  @Test
  void memoryThatTheHostCannotHaveIsRefused() {
    Monitor monitor = Monitor.virt("7.2.22");

    assertThat(reason(monitor, Monitor.ram("huge", Long.MAX_VALUE)))
        .isEqualTo("the host has no room for 0x7fffffffffffffff bytes of huge");
  }

  @Test
  void fromEightZeroOnAllDeletionsComeBeforeAllAdditions() {
    for (String release : List.of("7.2", "8.0")) {
      Monitor monitor = Monitor.virt(release);
      monitor.does(
          Monitor.ram("a", 0x2000),
          Monitor.ram("b", 0x2000),
          new Add("a", "system", 0x1_0000_0000L),
          new Add("b", "system", 0x1_0001_0000L));

      monitor.does(new Move("a", 0x1_0002_0000L), new Move("b", 0x1_0003_0000L));

      assertThat(monitor.slots())
          .as(release)
          .containsExactly(
              "#4 0x0 0x100000000+0x0", "#5 0x0 0x100010000+0x0",
              "#4 0x0 0x100020000+0x2000", "#5 0x0 0x100030000+0x2000");
    }
  }

  private static String reason(Monitor monitor, RegionOp... ops) {
    List<Refused> refusals = monitor.does(ops).events(Refused.class);
    return refusals.isEmpty() ? "not refused" : refusals.getFirst().reason();
  }
}
