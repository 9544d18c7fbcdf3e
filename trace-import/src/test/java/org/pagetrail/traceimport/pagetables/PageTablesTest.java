package org.pagetrail.traceimport.pagetables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.traceimport.ImportedEvents.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.RunEvent.FindingNoted;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.ImportOptions;

/** Given a trace with mappings of stage 2 and a dump of stage 2 after it. */
class PageTablesTest {
  private static final String TRACE =
      """
      # tracer: nop
        qemu-7 [000] ..... 1.000001: s2map: (kvm_pgtable_stage2_map+0x0/0x1) ipa=0x40000000 size=0x200000 phys=0x80000000 prot=0x7
        qemu-7 [000] ..... 1.000002: s2map_ret: (user_mem_abort+0x0/0x1 <- kvm_pgtable_stage2_map) ret=0x0
        qemu-7 [000] ..... 1.000003: s2map: (kvm_pgtable_stage2_map+0x0/0x1) ipa=0x40200000 size=0x1000 phys=0x90000000 prot=0x4
        qemu-7 [000] ..... 1.000004: s2map_ret: (user_mem_abort+0x0/0x1 <- kvm_pgtable_stage2_map) ret=0x0
        qemu-7 [000] ..... 1.000005: s2unmap: (kvm_pgtable_stage2_unmap+0x0/0x1) ipa=0x40000000 size=0x1000
        qemu-7 [000] ..... 1.000006: s2wp: (kvm_pgtable_stage2_wrprotect+0x0/0x1) ipa=0x40001000 size=0x1000
      """;

  private static final String SAME =
      """
      ---[ Guest IPA ]---
      0x0000000000000000-0x0000000040001000     1048580K 3
      0x0000000040001000-0x0000000040002000           4K 3   R   px ux  AF   \s
      0x0000000040002000-0x0000000040200000        2040K 3   R W px ux  AF   \s
      0x0000000040200000-0x0000000040201000           4K 3   R   PXNUXN AF   \s
      """;

  @TempDir Path temp;

  @Test
  void aDumpThatSaysWhatTheEventsSayFindsNothing() throws IOException {
    Import imported = imported(SAME);

    assertThat(events(imported, FindingNoted.class)).isEmpty();
    assertThat(imported.report().inputs())
        .anySatisfy(input -> {
          assertThat(input.format()).isEqualTo("page-tables");
          assertThat(input.notUnderstood()).isEmpty();
        });
  }

  @Test
  void differencesOfTheDumpToTheEventsAreFindings() throws IOException {
    Import imported =
        imported(
            """
            ---[ Guest IPA ]---
            0x0000000040001000-0x0000000040200000        2044K 3   R W px ux  AF   \s
            0x0000000050000000-0x0000000050001000           4K 3   R   px ux  AF   \s
            """);

    assertThat(events(imported, FindingNoted.class))
        .extracting(FindingNoted::detail)
        .containsExactly(
            "0x40001000-0x40001fff mapped r-x by the events, rwx in the dump",
            "0x50000000-0x50000fff not mapped by the events, r-x in the dump",
            "0x40200000-0x40200fff mapped r-- by the events, not in the dump");
  }

  @Test
  void aTraceWithoutMappingsIsNotCompared() throws IOException {
    Path dump = Files.writeString(temp.resolve("stage2"), SAME);
    Path trace =
        Files.writeString(
            temp.resolve("trace"),
            "# tracer: nop\n  qemu-7 [000] ..... 1.000001: kvm_entry: PC: 0x4000\n");

    Import imported = imported(List.of(trace, dump));

    assertThat(events(imported, FindingNoted.class)).isEmpty();
    assertThat(imported.report().warnings()).anyMatch(warning -> warning.contains("not compared"));
  }

  @Test
  void tablesOfTheHostSayNothingAboutTheGuest() throws IOException {
    Import imported =
        imported(
            """
            ---[ Linear Mapping start ]---
            0xffff000000000000-0xffff000000200000           2M PMD       RW NX SHD AF            BLK UXN    MEM/NORMAL
            """);

    assertThat(events(imported, FindingNoted.class)).isEmpty();
    assertThat(imported.report().inputs())
        .anyMatch(input -> input.unused().containsKey("page tables of the host"));
  }

  private Import imported(String dump) throws IOException {
    return imported(
        List.of(
            Files.writeString(temp.resolve("trace"), TRACE),
            Files.writeString(temp.resolve("stage2"), dump)));
  }

  private static Import imported(List<Path> inputs) {
    return CaptureImporter.importInputs(
        inputs, ImportOptions.DEFAULT.withHost("arm64", "6.12", List.of()));
  }
}
