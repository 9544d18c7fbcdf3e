package org.pagetrail.app.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.ImportOptions;
import org.pagetrail.traceimport.capture.SlotRange;

/** The memslots that stand, read from what QEMU traced so far. */
final class QemuSlots {
  private static final String EVENT = "kvm_set_user_memory";

  private QemuSlots() {}

  /** The memslots after all requests in a recording so far. */
  static List<SlotRange> in(Folder folder) throws IOException {
    Path scratch = folder.path().resolve("slots.scratch");
    try {
      return in(List.of(folder.qemuTrace(), folder.qemuLog()), scratch);
    } finally {
      Files.deleteIfExists(scratch);
    }
  }

  /**
   * The memslots after all requests in logs; of a QEMU that writes its trace in binary, none.
   *
   * @param scratch a file for the lines that matter, replaced
   * @return in the order of guest addresses; none where QEMU runs without KVM
   */
  private static List<SlotRange> in(List<Path> logs, Path scratch) throws IOException {
    List<String> requests = new ArrayList<>();
    for (Path log : logs) {
      if (Files.exists(log)) {
        addRequests(log, requests);
      }
    }
    if (requests.isEmpty()) {
      return List.of();
    }
    Files.write(scratch, requests, StandardCharsets.ISO_8859_1);
    TreeMap<SlotId, SlotRange> slots = new TreeMap<>();
    for (TrailEntry entry :
        CaptureImporter.importInputs(List.of(scratch), ImportOptions.DEFAULT).trail().entries()) {
      if (entry.event() instanceof MemslotRequested request && request.ret() == 0) {
        if (request.size().isZero()) {
          slots.remove(request.slot());
        } else {
          slots.put(request.slot(), new SlotRange(request.gpa(), request.size(), request.hva()));
        }
      }
    }
    return slots.values().stream().sorted(Comparator.comparing(SlotRange::gpa)).toList();
  }

  private static void addRequests(Path log, List<String> requests) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(EVENT)) {
          requests.add(line);
        }
      }
    }
  }
}
