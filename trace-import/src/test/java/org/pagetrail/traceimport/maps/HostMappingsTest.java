package org.pagetrail.traceimport.maps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.traceimport.TextInput;
import org.pagetrail.traceimport.capture.MappedArea;
import org.pagetrail.traceimport.capture.Snapshot;

class HostMappingsTest {
  private static final String SLOT = "ffff87a00000-ffff8ba00000 rw-p 00000000 00:00 0 ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rw-p 00000000 00:00 0|PRIVATE_ANONYMOUS|''",
        "rw-p 00000000 00:00 0                          [heap]|PRIVATE_ANONYMOUS|[heap]",
        "rw-p 00000000 00:00 0                         "
            + " [anon:glibc]|PRIVATE_ANONYMOUS|[anon:glibc]",
        "r--p 00000000 00:00 0                          [vvar]|UNKNOWN|[vvar]",
        "rw-s 00000000 00:01 1024                       /dev/zero (deleted)|SHARED_ANONYMOUS"
            + "|/dev/zero (deleted)",
        "rw-s 00000000 00:01 7                          /memfd:a b (deleted)|MEMFD_SHARED"
            + "|/memfd:a b (deleted)",
        "rw-p 00000000 00:01 7                          /memfd:m (deleted)|MEMFD_PRIVATE"
            + "|/memfd:m (deleted)",
        "rw-p 00000000 00:0f 7                          /anon_hugepage (deleted)|HUGETLB_PRIVATE"
            + "|/anon_hugepage (deleted)",
        "r-xp 00000000 fe:00 233                        /usr/bin/qemu|FILE_PRIVATE|/usr/bin/qemu",
        "rw-s 00000000 fe:00 233                        /var/flash|FILE_SHARED|/var/flash",
        "rw-s 04000000 00:05 1                          /dev/mem|PFNMAP|/dev/mem",
        "rw-s 00000000 00:0b 1045                       anon_inode:kvm-vcpu:0|UNKNOWN"
            + "|anon_inode:kvm-vcpu:0"
      })
  void theBackingIsToldFromSharingAndName(String line, Backing backing, String name) {
    List<HostMapped> mappings =
        mappings(Snapshot.AFTER, List.of(), List.of("ffff87a00000-ffff8ba00000 " + line));

    assertThat(mappings)
        .containsExactly(
            new HostMapped(
                range(), backing, Perms.parse(line.substring(0, 3)), HugeAdvice.NONE, name));
  }

  @Test
  void theSumOfAllAreasIsNoMapping() {
    TextInput rollup =
        TextInput.read(
            new MapsReader(),
            "smaps_rollup",
            "55a465453000-7fff899aa000 ---p 00000000 00:00 0                          [rollup]",
            "Rss:               42516 kB",
            "Pss_Dirty:           512 kB");

    assertThat(rollup.capture.areas()).isEmpty();
    assertThat(rollup.lines.misunderstood().byKind()).isEmpty();
    assertThat(rollup.lines.unused().byKind()).containsOnlyKeys("sums of all areas");
  }

  @ParameterizedTest
  @CsvSource({
    "rd wr mr mw me hg, PRIVATE_ANONYMOUS, HUGE",
    "rd wr mr nh nh, PRIVATE_ANONYMOUS, NO_HUGE",
    "rd wr ht, HUGETLB_PRIVATE, NONE",
    "rd wr pf io, PFNMAP, NONE"
  })
  void smapsAddsItsFlagsToTheAreaOfMaps(String flags, Backing backing, HugeAdvice advice) {
    TextInput maps = TextInput.read(new MapsReader(), "maps.before", SLOT);
    TextInput smaps =
        TextInput.read(
            new MapsReader(), "smaps.before", SLOT, "Size:  65536 kB", "VmFlags: " + flags + " ");
    List<MappedArea> areas = new ArrayList<>(maps.capture.areas());
    areas.addAll(smaps.capture.areas());

    List<HostMappings.Stated> mappings = HostMappings.of(areas, Snapshot.BEFORE);

    assertThat(mappings).hasSize(1);
    assertThat(mappings.getFirst().event())
        .isEqualTo(new HostMapped(range(), backing, Perms.RW, advice, ""));
    assertThat(mappings.getFirst().area().source().input()).isEqualTo("maps.before");
  }

  @Test
  void afterTheRunOnlyNewAreasAreNews() {
    String grown = "ffff8ba00000-ffff8bb00000 rw-p 00000000 00:00 0 ";

    assertThat(mappings(Snapshot.AFTER, List.of(SLOT), List.of(SLOT, grown)))
        .extracting(mapping -> mapping.range().start())
        .containsExactly(new Hva(0xffff8ba00000L));
  }

  @Test
  void whatIsNoAreaIsCounted() {
    TextInput input =
        TextInput.read(
            new MapsReader(),
            "maps.before",
            "Rss: 4 kB",
            "ffff8ba00000-ffff87a00000 rw-p 00000000 00:00 0 ",
            "rubbish");

    assertThat(input.capture.areas()).isEmpty();
    assertThat(input.lines.misunderstood().byKind())
        .containsOnlyKeys("text", "area that ends before it begins");
  }

  private static HvaRange range() {
    return HvaRange.between(new Hva(0xffff87a00000L), new Hva(0xffff8ba00000L));
  }

  private static List<HostMapped> mappings(
      Snapshot snapshot, List<String> before, List<String> after) {
    List<MappedArea> areas = new ArrayList<>();
    areas.addAll(
        TextInput.read(new MapsReader(), "maps.before", before.toArray(String[]::new))
            .capture
            .areas());
    areas.addAll(
        TextInput.read(new MapsReader(), "maps.after", after.toArray(String[]::new))
            .capture
            .areas());
    return HostMappings.of(areas, snapshot).stream().map(HostMappings.Stated::event).toList();
  }
}
