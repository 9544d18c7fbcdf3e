package org.pagetrail.traceimport.tracedat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The options of a file that say something about its events; both versions have them. */
final class Options {
  static final int DONE = 0;
  static final int CPUSTAT = 2;
  static final int BUFFER = 3;
  static final int TRACECLOCK = 4;
  static final int TSC2NSEC = 14;

  private static final int TSC2NSEC_BYTES = 16;
  private static final int STATISTICS_MAX = Layout.CPUS_MAX;

  private final List<ByteBuffer> buffers = new ArrayList<>();
  private String clock = "local";

  /** Keeps an option of use; false for any other. */
  boolean take(int id, ByteBuffer data, Layout layout) throws Damaged {
    switch (id) {
      case CPUSTAT -> {
        if (layout.statistics().size() < STATISTICS_MAX) {
          layout.statistics().add(text(data));
        }
      }
      case BUFFER -> buffers.add(data);
      case TRACECLOCK -> clock = ClockScale.inUse(text(data));
      case TSC2NSEC -> {
        if (data.remaining() >= TSC2NSEC_BYTES) {
          layout.scale(
              new ClockScale(
                  data.getInt(0) & 0xffffffffL,
                  Math.clamp(data.getInt(Integer.BYTES), 0, Long.SIZE),
                  data.getLong(2 * Integer.BYTES)));
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** What each instance's option holds. */
  List<ByteBuffer> buffers() {
    return buffers;
  }

  /** The clock in use, where an instance does not name its own. */
  String clock() {
    return clock;
  }

  private static String text(ByteBuffer data) throws Damaged {
    String text = Part.of(data).text(data.remaining());
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
