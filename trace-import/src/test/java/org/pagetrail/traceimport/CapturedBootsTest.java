package org.pagetrail.traceimport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagetrail.events.Event;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.MmioExited;
import org.pagetrail.events.KvmEvent.SlotChange;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.traceimport.ImportReport.InputReport;

/** The captured boots become trails that say what their recorder counted, and nothing else. */
class CapturedBootsTest {
  private static final Path BOOTS = Path.of("..", "captures", "boots");
  private static final long FLASH_BYTES = 0x4000000;
  private static final long RAM_START = 0x40000000;

  /** Trace events that become one event of their own type each. */
  private static final Map<String, String> KERNEL =
      Map.ofEntries(
          Map.entry("kvm_entry", "VcpuEntered"),
          Map.entry("kvm_exit", "VcpuExited"),
          Map.entry("kvm_guest_fault", "Stage2Faulted"),
          Map.entry("abort_ret", "AbortHandled"),
          Map.entry("gfn2pfn_ret", "PfnResolved"),
          Map.entry("device_ret", "DeviceDecided"),
          Map.entry("s2map", "Stage2Mapped"),
          Map.entry("s2relax", "Stage2Relaxed"),
          Map.entry("s2unmap", "Stage2Unmapped"),
          Map.entry("s2wp", "Stage2WriteProtected"),
          Map.entry("s2mkyoung", "Stage2MadeYoung"),
          Map.entry("memslot", "MemslotSet"),
          Map.entry("iomem", "MmioAbortHandled"),
          Map.entry("injpabt", "AbortInjected"),
          Map.entry("injdabt", "AbortInjected"),
          Map.entry("kvm_userspace_exit", "RunReturned"),
          Map.entry("kvm_unmap_hva_range", "RangeInvalidated"),
          Map.entry("kvm_set_spte_hva", "EntryChanged"),
          Map.entry("tracing_mark_write", "MarkerSeen"),
          Map.entry("kvm_mmio", "Mmio"));

  /** The other half of a pair that is one event. */
  private static final Set<String> HALVES =
      Set.of("gfn2pfn", "device_in", "s2map_ret", "s2relax_ret", "memslot_ret", "iomem_ret");

  private static final Map<String, String> QEMU =
      Map.ofEntries(
          Map.entry("kvm_set_user_memory", "MemslotRequested"),
          Map.entry("memory_region_ops_read", "DeviceRead"),
          Map.entry("memory_region_ops_write", "DeviceWritten"),
          Map.entry("flatview_new", "FlatViewBuilt"),
          Map.entry("flatview_destroy_rcu", "FlatViewDropped"),
          Map.entry("flatview_destroy", "FlatViewDropped"),
          Map.entry("pflash_io_write", "FlashWritten"),
          Map.entry("pflash_io_read", "FlashRead"),
          Map.entry("pflash_mode_read_array", "FlashArrayMode"),
          Map.entry("pflash_reset", "FlashReset"),
          Map.entry("pflash_write_block_erase", "FlashErased"),
          Map.entry("pflash_data_write_block", "FlashProgrammed"));

  static List<Path> boots() throws IOException {
    try (Stream<Path> folders = Files.list(BOOTS)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("summary.json")))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("boots")
  void aBootBecomesATrailWithEveryEventThatItsRecorderCounted(Path boot) throws IOException {
    JsonNode summary = new ObjectMapper().readTree(boot.resolve("summary.json").toFile());

    Import imported = CaptureImporter.importFolder(boot, ImportOptions.DEFAULT);

    Trail trail = imported.trail();
    assertThat(imported.report().warnings()).isEmpty();
    assertThat(CaptureFolder.events(trail, EventsLost.class)).isEmpty();
    everyLineOfTheLogsIsUnderstood(imported.report());
    assertThat(counts(trail, "trace.txt.xz", Set.of("GuestAccessed", "GuestAccessCompleted")))
        .isEqualTo(expected(summary.path("trace_events"), KERNEL, HALVES, "VcpuNoted"));
    assertThat(counts(trail, "qemu.log.xz", Set.of()))
        .isEqualTo(expected(summary.path("qemu_events"), QEMU, Set.of(), "FlashNoted"));
    assertThat(stage2Maps(trail)).isEqualTo(numbers(summary.path("stage2_maps")));
    assertThat(memslots(trail)).isEqualTo(numbers(summary.path("memslot_ioctls")));
    timeNeverRunsBack(trail);
    everyDeviceAccessFollowsFromAnExit(trail);
  }

  private static void everyLineOfTheLogsIsUnderstood(ImportReport report) {
    for (InputReport input : report.inputs()) {
      boolean log = input.format().equals("ftrace") || input.format().equals("qemu-log");
      if (log) {
        assertThat(input.notUnderstood()).as(input.input()).isEmpty();
      }
    }
  }

  private static void timeNeverRunsBack(Trail trail) {
    long last = Long.MIN_VALUE;
    for (TrailEntry entry : trail.entries()) {
      Long time = entry.timeNanos();
      if (time != null) {
        assertThat(time).as("time of %s", entry).isGreaterThanOrEqualTo(last);
        last = time;
      }
    }
  }

  private static void everyDeviceAccessFollowsFromAnExit(Trail trail) {
    for (TrailEntry entry : trail.entries()) {
      Event event = entry.event();
      if (event instanceof QemuEvent.DeviceRead
          || event instanceof QemuEvent.DeviceWritten
          || event instanceof QemuEvent.FlashWritten
          || event instanceof QemuEvent.FlashRead) {
        assertThat(entry.causes())
            .as("causes of %s", entry)
            .anyMatch(cause -> trail.at(cause).event() instanceof MmioExited);
      }
      if (event instanceof QemuEvent.MemslotRequested) {
        assertThat(entry.causes())
            .as("causes of %s", entry)
            .anyMatch(cause -> trail.at(cause).event() instanceof MemslotSet);
      }
    }
  }

  private static Map<String, Long> counts(Trail trail, String input, Set<String> without) {
    Map<String, Long> counts = new TreeMap<>();
    for (TrailEntry entry : trail.entries()) {
      String type = entry.event().type();
      if (entry.source() != null
          && entry.source().input().equals(input)
          && !type.equals("InputRead")
          && !without.contains(type)) {
        counts.merge(
            type.startsWith("MmioExited") || type.startsWith("MmioCompleted") ? "Mmio" : type,
            1L,
            Long::sum);
      }
    }
    return counts;
  }

  private static Map<String, Long> expected(
      JsonNode summary, Map<String, String> types, Set<String> ignored, String others) {
    Map<String, Long> counts = new TreeMap<>();
    numbers(summary)
        .forEach((name, count) -> {
          if (!ignored.contains(name)) {
            counts.merge(types.getOrDefault(name, others), count, Long::sum);
          }
        });
    return counts;
  }

  private static Map<String, Long> numbers(JsonNode object) {
    Map<String, Long> numbers = new TreeMap<>();
    object.properties().forEach(field -> numbers.put(field.getKey(), field.getValue().asLong()));
    return numbers;
  }

  /** Counts in the words of the recorder: which region, size, and the bits of prot. */
  private static Map<String, Long> stage2Maps(Trail trail) {
    Map<String, Long> maps = new TreeMap<>();
    for (Stage2Mapped mapped : CaptureFolder.events(trail, Stage2Mapped.class)) {
      int prot =
          (mapped.perms().execute() ? 1 : 0)
              | (mapped.perms().write() ? 2 : 0)
              | (mapped.perms().read() ? 4 : 0)
              | (mapped.memoryType() == MemoryType.DEVICE ? 8 : 0);
      String key =
          region(mapped.gpa().value())
              + " size="
              + mapped.size()
              + " prot=0x"
              + Integer.toHexString(prot);
      maps.merge(key, 1L, Long::sum);
    }
    return maps;
  }

  private static String region(long gpa) {
    if (gpa < FLASH_BYTES) {
      return "flash0";
    }
    if (gpa < 2 * FLASH_BYTES) {
      return "flash1";
    }
    return gpa >= RAM_START ? "ram" : "other";
  }

  private static Map<String, Long> memslots(Trail trail) {
    Map<String, Long> memslots = new TreeMap<>();
    for (MemslotSet set : CaptureFolder.events(trail, MemslotSet.class)) {
      memslots.merge(set.change() == SlotChange.DELETE ? "delete" : "set", 1L, Long::sum);
    }
    return memslots;
  }
}
