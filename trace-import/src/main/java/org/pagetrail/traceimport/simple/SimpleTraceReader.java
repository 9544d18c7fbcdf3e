package org.pagetrail.traceimport.simple;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.traceimport.capture.BinaryHappeningReader;
import org.pagetrail.traceimport.capture.Capture;
import org.pagetrail.traceimport.capture.Capture.Dropped;
import org.pagetrail.traceimport.capture.DeclaredEvent;
import org.pagetrail.traceimport.capture.Happenings;
import org.pagetrail.traceimport.capture.QemuClock;
import org.pagetrail.traceimport.capture.QemuLine;
import org.pagetrail.traceimport.capture.Teller;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.input.InputBytes;
import org.pagetrail.traceimport.qemulog.QemuEvents;

/**
 * Reads the file that QEMU's simple backend writes: a header, then records of a number, a time on
 * the monotonic clock, the process and the arguments. Version 4, since QEMU 2.8, also has the name
 * of each event of the binary beside its number. In version 3, of QEMU 2.1 to 2.7, the number is
 * the event's place in the trace-events of the source, which is another input ({@link
 * TraceEventsReader}). The types of arguments are in neither; they are declared there, and {@link
 * SimpleFormats} has those of the events that say something about memory.
 */
public final class SimpleTraceReader implements BinaryHappeningReader {
  /** The first two words of the header in the byte order of an x86 or arm host. */
  private static final byte[] LITTLE_ENDIAN =
      HexFormat.of().parseHex("ffffffffffffffffb429a40acb77b1f2");

  private static final byte[] BIG_ENDIAN =
      HexFormat.of().parseHex("fffffffffffffffff2b177cb0aa429b4");

  private static final int HEADER_BYTES = 24;
  private static final int NUMBERING = 3;
  private static final int NAMING = 4;
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
    SimpleEvents events = events(in, version, capture.declaredEvents());
    Deque<QemuLine> told = new ArrayDeque<>();
    return () -> next(in, version == NAMING, events, told, capture);
  }

  private static SimpleEvents events(
      InputBytes in, long version, Map<String, List<DeclaredEvent>> declarations) {
    if (version == NAMING) {
      return SimpleEvents.printedAs(declarations.values());
    }
    if (version == 0 || version == 2) {
      throw refusal(in, "it has version " + version + " of QEMU before 2.1, which is too old");
    }
    if (version != NUMBERING) {
      throw refusal(
          in,
          "it has version " + version + ", which no known QEMU writes; versions 3 and 4 are read");
    }
    if (declarations.size() != 1) {
      throw notNamed(in, List.copyOf(declarations.keySet()));
    }
    return SimpleEvents.numberedAs(declarations.values().iterator().next());
  }

  private static ImportException notNamed(InputBytes in, List<String> declarations) {
    return new ImportException(
        in.name(),
        "trace not readable",
        "it has version 3 of QEMU 2.1 to 2.7, which has numbers of events and not their names",
        declarations.isEmpty()
            ? "give with it the trace-events of the source that this QEMU was built from, or the"
                + " trace-events-all of its build: pagetrail import "
                + in.name()
                + " trace-events -o FILE"
            : "give with it only that of the source that this QEMU was built from, out of "
                + String.join(" and ", declarations));
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
      InputBytes in, boolean typed, SimpleEvents events, Deque<QemuLine> told, Capture capture) {
    boolean more = true;
    while (more && told.isEmpty()) {
      in.begin();
      if (typed) {
        ByteBuffer type = in.next(Long.BYTES);
        more = type != null && record(type.getLong(), in, events, told, capture);
      } else {
        more = event(in, events, told, capture);
      }
    }
    return told.poll();
  }

  /** Reads a record; false if nothing can follow. */
  private static boolean record(
      long type, InputBytes in, SimpleEvents events, Deque<QemuLine> log, Capture capture) {
    if (type == TYPE_MAPPING) {
      return mapping(in, events);
    }
    if (type == TYPE_EVENT) {
      return event(in, events, log, capture);
    }
    in.notUnderstood("type of record that no release writes; the rest cannot be read");
    return false;
  }

  private static boolean mapping(InputBytes in, SimpleEvents events) {
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
    events.name(id, StandardCharsets.UTF_8.decode(name).toString());
    in.notUsed("names of events");
    return true;
  }

  private static boolean event(
      InputBytes in, SimpleEvents events, Deque<QemuLine> log, Capture capture) {
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
    String name = events.name(id);
    if (name == null) {
      in.notUnderstood("event without a name");
      return true;
    }
    try {
      QemuLine line = line(in, events, name, time, arguments);
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
      InputBytes in, SimpleEvents events, String name, long time, ByteBuffer arguments) {
    if (!events.isKnown(name)) {
      in.notUnderstood("event " + name);
      return null;
    }
    String text = events.text(name, arguments);
    QemuEvents.Parsed parsed = text == null ? null : QemuEvents.parse(name, text);
    if (parsed == null || time < 0) {
      in.notUnderstood(name + " with other arguments");
      return null;
    }
    return new QemuLine(
        in.source(), time, QemuLine.UNNAMED, parsed.vcpu(), parsed.opensRead(), parsed.event());
  }
}
