package org.pagetrail.app.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pagetrail.events.Event;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.ImportOptions;
import org.pagetrail.traceimport.capture.SlotRange;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.simple.SimpleTraceReader;

/** The memslots that stand, read from what QEMU traced so far. */
final class QemuSlots {
  private static final String EVENT = "kvm_set_user_memory";

  private static final int HEAD_BYTES = 64;

  private QemuSlots() {}

  /** True if QEMU writes its trace in binary, of which a part may not be in the file yet. */
  static boolean isBinary(Folder folder) throws IOException {
    if (!Files.exists(folder.qemuTrace())) {
      return false;
    }
    try (InputStream trace = Files.newInputStream(folder.qemuTrace())) {
      return new SimpleTraceReader().recognises(trace.readNBytes(HEAD_BYTES));
    }
  }

  /**
   * The memslots after all requests in a recording so far.
   *
   * @return in the order of guest addresses; none where QEMU runs without KVM
   */
  static List<SlotRange> in(Folder folder) throws IOException {
    if (isBinary(folder)) {
      return of(folder.qemuTrace());
    }
    Path scratch = folder.path().resolve("slots.scratch");
    try {
      List<String> requests = new ArrayList<>();
      for (Path log : List.of(folder.qemuTrace(), folder.qemuLog())) {
        if (Files.exists(log)) {
          addRequests(log, requests);
        }
      }
      if (requests.isEmpty()) {
        return List.of();
      }
      Files.write(scratch, requests, StandardCharsets.ISO_8859_1);
      return of(scratch);
    } finally {
      Files.deleteIfExists(scratch);
    }
  }

  private static List<SlotRange> of(Path trace) {
    TreeMap<SlotId, SlotRange> slots = new TreeMap<>();
    try {
      CaptureImporter.importInto(
          List.of(trace), ImportOptions.DEFAULT, entry -> follow(entry.event(), slots));
    } catch (ImportException nothingYet) {
      return List.of();
    }
    return slots.values().stream().sorted(Comparator.comparing(SlotRange::gpa)).toList();
  }

  private static void follow(Event event, Map<SlotId, SlotRange> slots) {
    if (event instanceof MemslotRequested request && request.ret() == 0) {
      if (request.size().isZero()) {
        slots.remove(request.slot());
      } else {
        slots.put(request.slot(), new SlotRange(request.gpa(), request.size(), request.hva()));
      }
    }
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
