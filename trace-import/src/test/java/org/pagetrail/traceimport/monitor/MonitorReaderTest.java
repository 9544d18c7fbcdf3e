package org.pagetrail.traceimport.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.QemuEvent.FlatRange;
import org.pagetrail.events.QemuEvent.RegionKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.trail.Source;
import org.pagetrail.traceimport.TextInput;
import org.pagetrail.traceimport.capture.Fact;
import org.pagetrail.traceimport.capture.MonitorView;
import org.pagetrail.traceimport.capture.RamBlock;
import org.pagetrail.traceimport.capture.Snapshot;
import org.pagetrail.traceimport.input.Misunderstood.Tally;

class MonitorReaderTest {
  private static final String EDITED =
      "(qemu) i\u001b[K\u001b[Din\u001b[K\u001b[D\u001b[Dinfo x\u001b[K";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain text,plain text",
        "ab\bc,ac",
        "abc\u001b[2D\u001b[K,a",
        "\u001b[31mred\u001b[0m,red",
        "ab\u001b[9999DX,Xb",
        "abc\u001b[D\u001b[Cd,abcd"
      })
  void aTerminalShowsWhatIsLeftAfterEditing(String raw, String shown) {
    assertThat(TerminalLine.render(raw)).isEqualTo(shown);
  }

  @Test
  void aCommandIsReadBehindItsEchoes() {
    assertThat(TerminalLine.render(EDITED)).isEqualTo("(qemu) info x");
  }

  @Test
  void flatViewsAndBlocksBeforeAndAfterTheGuestRan() {
    TextInput input =
        read(
            "QEMU 7.2.22 monitor - type 'help' for more information\r",
            "(qemu) info mtree -f\r",
            "FlatView #0\r",
            " AS \"memory\", root: system\r",
            " AS \"cpu-memory-0\", root: system\r",
            " Root memory region: system\r",
            "  0000000000000000-0000000003ffffff (prio 0, romd): virt.flash0 KVM\r",
            "  0000000004000000-0000000007ffffff (prio 0, nv-ram): r 1 @0000000000001000 KVM\r",
            "  0000008000000000-ffffffffffffffff (prio -1, i/o): pcie owner:{dev id=X}\r",
            "\r",
            "FlatView #1\r",
            " AS \"empty\", root: none\r",
            " Root memory region: (none)\r",
            "  No rendered FlatView\r",
            "\r",
            "(qemu) info ramblock\r",
            "              Block Name    PSize              Offset               Used      Total\r",
            "             virt.flash0    4 KiB  0x0000000010000000 0x0000000004000000"
                + " 0x0000000004000000\r",
            "                   r 1    4 KiB  0x0000000000000000 0x0000000010000000"
                + " 0x0000000010000000 0x00007f0000000000 rw\r",
            "    /rom@etc/acpi/rsdp    4 KiB  0x0000000018280000 0x0000000000001000"
                + " 0x0000000000001000 0x00007f1000000000  ro\r",
            "(qemu) cont\r",
            "(qemu) info mtree -f\r",
            "FlatView #0\r",
            " AS \"memory\", root: system\r",
            "  0000000000000000-0000000003ffffff (prio 0, i/o): virt.flash0\r");

    FlatRange flash =
        new FlatRange(new Gpa(0), new Gpa(0x3ffffff), "virt.flash0", RegionKind.ROMD, 0);
    List<FlatRange> ranges =
        List.of(
            flash,
            new FlatRange(new Gpa(0x4000000), new Gpa(0x7ffffff), "r 1", RegionKind.RAM, 0x1000),
            new FlatRange(new Gpa(0x8000000000L), new Gpa(-1), "pcie", RegionKind.IO, 0));
    assertThat(input.lines.misunderstood().byKind()).isEmpty();
    assertThat(input.capture.monitorRelease())
        .isEqualTo(new Fact(new Source("hmp.log", 1, 0), "7.2.22"));
    assertThat(input.capture.monitorViews())
        .extracting(MonitorView::snapshot, MonitorView::addressSpace, MonitorView::ranges)
        .containsExactly(
            tuple(Snapshot.BEFORE, "cpu-memory-0", ranges),
            tuple(Snapshot.BEFORE, "memory", ranges),
            tuple(Snapshot.BEFORE, "empty", List.of()),
            tuple(
                Snapshot.AFTER,
                "memory",
                List.of(
                    new FlatRange(
                        new Gpa(0), new Gpa(0x3ffffff), "virt.flash0", RegionKind.IO, 0))));
    assertThat(input.capture.ramBlocks())
        .extracting(RamBlock::name, RamBlock::size, RamBlock::hva)
        .containsExactly(
            tuple("virt.flash0", new ByteSize(0x4000000), null),
            tuple("r 1", new ByteSize(0x10000000), new Hva(0x7f0000000000L)),
            tuple("/rom@etc/acpi/rsdp", new ByteSize(0x1000), new Hva(0x7f1000000000L)));
  }

  @Test
  void theTreeOfRegionsIsKnownAndLeavesNoFlatView() {
    TextInput input =
        TextInput.read(
            new MonitorReader(),
            "mtree.txt",
            "address-space: memory",
            "  0000000000000000-ffffffffffffffff (prio 0, i/o): system",
            "    0000000000000000-000000000fffffff (prio 0, ram): alias ram-below-4g @pc.ram"
                + " 0000000000000000-000000000fffffff [disabled]",
            "    0000000000000000-000000000003ffff (prio -1, nv-rom): pc.rom owner:{obj path=/x}",
            "",
            "memory-region: pc.ram",
            "  0000000000000000-000000000fffffff (prio 0, R-): pc.ram");

    assertThat(new MonitorReader().recognises("x", List.of("address-space: memory"))).isTrue();
    assertThat(input.lines.misunderstood().byKind()).isEmpty();
    assertThat(input.lines.unused().total()).isEqualTo(6);
    assertThat(input.capture.monitorViews()).isEmpty();
  }

  @Test
  void theOutputOfOtherCommandsIsKnownAndCountedByCommand() {
    TextInput input =
        read(
            "(qemu) info registers",
            "PC=00",
            "X0=00",
            "(qemu) xp /16xw 0",
            "0: 1",
            "(qemu) ?",
            "a");

    assertThat(input.lines.unused().byKind())
        .containsEntry("output of info registers", new Tally(2, 2))
        .containsEntry("output of xp", new Tally(1, 5));
    assertThat(input.lines.misunderstood().byKind())
        .containsExactly(Map.entry("output of ?", new Tally(1, 7)));
  }

  @Test
  void linesOfCommandsThatAreReadAreCountedWhereTheyHaveNoKnownForm() {
    TextInput input =
        read("rubbish", "(qemu) info mtree -f", "rubbish", "(qemu) info ramblock", "a");

    assertThat(input.lines.misunderstood().byKind())
        .containsOnlyKeys("text", "output of info mtree", "output of info ramblock");
  }

  @Test
  void theReleaseIsAlsoThatOfInfoVersion() {
    TextInput input = read("(qemu) info version", "7.2.22Debian 1:7.2+dfsg-7+deb12u18+b3", "");

    assertThat(input.capture.monitorRelease())
        .extracting(release -> Objects.requireNonNull(release).text())
        .isEqualTo("7.2.22");
  }

  @Test
  void aSessionThatATerminalRecordedHasCarriageReturnsAtItsEnds() {
    TextInput input =
        read(
            "(qemu) info mtree -f\r\r",
            "FlatView #0\r\r",
            " AS \"memory\", root: system\r\r",
            " Root memory region: system\r\r",
            "  0000000000000000-000000000009ffff (prio 0, ram): pc.ram KVM\r\r",
            "\r\r");

    assertThat(input.lines.misunderstood().byKind()).isEmpty();
    assertThat(input.capture.monitorViews())
        .singleElement()
        .satisfies(view -> assertThat(view.ranges()).hasSize(1));
  }

  @Test
  void dispatchTablesAreKnownWhateverTheWidthOfTheirNumbers() {
    TextInput input =
        read(
            "(qemu) info mtree -f -d",
            "FlatView #0",
            "  Dispatch",
            "    Physical sections",
            "      #0 @0000000000000000..ffffffffffffffff (noname) [unassigned]",
            "    Nodes (9 bits per level, 6 levels) ptr=[3] skip=4",
            "      [0]",
            "\t  0       skip=3  ptr=[3]",
            "\t 32..63   skip=0  ptr=#1",
            "\t128..502  skip=0  ptr=#48",
            "\t502       skip=1  ptr=[7]");

    assertThat(input.lines.misunderstood().byKind()).isEmpty();
    assertThat(input.lines.unused().total()).isEqualTo(9);
  }

  private static TextInput read(String... lines) {
    return TextInput.read(new MonitorReader(), "hmp.log", lines);
  }
}
