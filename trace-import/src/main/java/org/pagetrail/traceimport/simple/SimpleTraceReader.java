package org.pagetrail.traceimport.simple;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.BinaryHappeningReader;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.Capture.Dropped;
import org.pagetrail.traceimport.capture.Happenings;
import org.pagetrail.traceimport.capture.QemuClock;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.capture.Teller;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.input.InputBytes;
import org.pagetrail.traceimport.qemulog.QemuEvents;

/**
 * Reads version 4 of the file that QEMU's simple backend writes since 2.8: a header, for each event
 * of the binary its number and name, then records of a number, a time on the monotonic clock, the
 * process and the arguments. The types of arguments are not in the file; {@link SimpleFormats} has
 * those of the events that say something about memory.
 */
public final class SimpleTraceReader implements BinaryHappeningReader {
  /** The first two words of the header in the byte order of an x86 or arm host. */
  private static final byte[] LITTLE_ENDIAN =
      HexFormat.of().parseHex("ffffffffffffffffb429a40acb77b1f2");

  private static final byte[] BIG_ENDIAN =
      HexFormat.of().parseHex("fffffffffffffffff2b177cb0aa429b4");

  /**
   * Versions that number events by their place in the trace-events of the source that was built: 0
   * has six arguments in each record, 2 and 3 as many as the event has. They are of QEMU before
   * 2.8.
   */
  private static final Set<Long> NAMELESS = Set.of(0L, 2L, 3L);

  private static final int HEADER_BYTES = 24;
  private static final long VERSION = 4;
  private static final long TYPE_MAPPING = 0;
  private static final long TYPE_EVENT = 1;
  private static final long DROPPED = -2;
  private static final int EVENT_HEADER_BYTES = 24;
  private static final int NAME_BYTES_MAX = 512;

  @Override
  public String format() {
    return "qemu-simple";
  }

  @Override
  public boolean recognises(byte[] head) {
    return begins(head, LITTLE_ENDIAN) || begins(head, BIG_ENDIAN);
  }

  private static boolean begins(byte[] head, byte[] with) {
    return head.length >= with.length && Arrays.equals(head, 0, with.length, with, 0, with.length);
  }

  @Override
  public Teller teller() {
    return Teller.QEMU;
  }

  @Override
  public Happenings open(InputBytes in, Capture capture) {
    capture.qemuClock(in.name(), QemuClock.MONOTONIC);
    ByteBuffer header = in.next(HEADER_BYTES);
    if (header == null) {
      return () -> null;
    }
    if (header.get(LITTLE_ENDIAN.length - 1) == BIG_ENDIAN[BIG_ENDIAN.length - 1]) {
      throw refusal(in, "it was recorded on a big-endian machine");
    }
    long version = header.getLong(LITTLE_ENDIAN.length);
    if (version != VERSION) {
      throw refusal(
          in,
          "it has version "
              + version
              + (NAMELESS.contains(version)
                  ? " of QEMU before 2.8, which does not name its events"
                  : ", which no known QEMU writes; version 4 is read"));
    }
    Map<Long, String> names = new HashMap<>();
    Deque<QemuLine> told = new ArrayDeque<>();
    return () -> next(in, names, told, capture);
  }

  private static ImportException refusal(InputBytes in, String why) {
    return new ImportException(
        in.name(),
        "trace not readable",
        why,
        "record with the log backend, or look at it with the simpletrace.py and the trace-events of"
            + " that QEMU's source");
  }

  private static @Nullable QemuLine next(
      InputBytes in, Map<Long, String> names, Deque<QemuLine> told, Capture capture) {
    boolean more = true;
    while (more && told.isEmpty()) {
      in.begin();
      ByteBuffer type = in.next(Long.BYTES);
      more = type != null && record(type.getLong(), in, names, told, capture);
    }
    return told.poll();
  }

  /** Reads a record; false if nothing can follow. */
  private static boolean record(
      long type, InputBytes in, Map<Long, String> names, Deque<QemuLine> log, Capture capture) {
    if (type == TYPE_MAPPING) {
      return mapping(in, names);
    }
    if (type == TYPE_EVENT) {
      return event(in, names, log, capture);
    }
    in.notUnderstood("type of record that no release writes; the rest cannot be read");
    return false;
  }

  private static boolean mapping(InputBytes in, Map<Long, String> names) {
    ByteBuffer head = in.next(Long.BYTES + Integer.BYTES);
    if (head == null) {
      return false;
    }
    long id = head.getLong();
    int length = head.getInt();
    if (length < 0 || length > NAME_BYTES_MAX) {
      in.notUnderstood("name of an event that is too long; the rest cannot be read");
      return false;
    }
    ByteBuffer name = in.next(length);
    if (name == null) {
      return false;
    }
    names.put(id, StandardCharsets.UTF_8.decode(name).toString());
    in.notUsed("names of events");
    return true;
  }

  private static boolean event(
      InputBytes in, Map<Long, String> names, Deque<QemuLine> log, Capture capture) {
    ByteBuffer head = in.next(EVENT_HEADER_BYTES);
    if (head == null) {
      return false;
    }
    long id = head.getLong();
    long time = head.getLong();
    int length = head.getInt() - EVENT_HEADER_BYTES;
    if (length < 0 || length > InputBytes.RECORD_BYTES_MAX) {
      in.notUnderstood("length that no record has; the rest cannot be read");
      return false;
    }
    ByteBuffer arguments = in.next(length);
    if (arguments == null) {
      return false;
    }
    if (id == DROPPED) {
      dropped(in, arguments, capture);
      return true;
    }
    String name = names.get(id);
    if (name == null) {
      in.notUnderstood("event without a name");
      return true;
    }
    try {
      QemuLine line = line(in, name, time, arguments);
      if (line != null) {
        log.add(line);
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      in.notUnderstood("number out of range");
    }
    return true;
  }

  private static void dropped(InputBytes in, ByteBuffer arguments, Capture capture) {
    if (arguments.remaining() < Long.BYTES || arguments.getLong(0) < 0) {
      in.notUnderstood("count of dropped events that is none");
    } else {
      capture.dropped().add(new Dropped(in.source(), arguments.getLong(0)));
    }
  }

  private static @Nullable QemuLine line(
      InputBytes in, String name, long time, ByteBuffer arguments) {
    if (!SimpleFormats.isKnown(name)) {
      in.notUnderstood("event " + name);
      return null;
    }
    String text = SimpleFormats.text(name, arguments);
    QemuEvents.Parsed parsed = text == null ? null : QemuEvents.parse(name, text);
    if (parsed == null || time < 0) {
      in.notUnderstood(name + " with other arguments");
      return null;
    }
    return new QemuLine(
        in.source(), time, QemuLine.UNNAMED, parsed.vcpu(), parsed.opensRead(), parsed.event());
  }
}
