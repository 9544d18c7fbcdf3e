package org.pagetrail.app.matrix;

import java.util.List;
import java.util.stream.Collectors;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.matrix.Scenario.Memory;

/** The scenarios that have a name: what reviewers of 2014 asked, and what came up since. */
public final class Scenarios {
  static final String ZERO_PAGE_READ = "zero-page-read";
  static final String DEVICE_READ = "device-read";
  static final String DEVICE_READ_WRITTEN = "device-read-written";
  static final String RO_DEVICE_WRITTEN = "ro-device-written";
  static final String DAX_READ = "dax-read";
  static final String BLANK_ROM_EXECUTED = "blank-rom-executed";
  static final String RESERVED_RAM_READ = "reserved-ram-read";

  private static final List<Scenario> ALL =
      List.of(
          of(ZERO_PAGE_READ, "a blank flash is read", Memory.ZERO_PAGE, true, "R"),
          of("zero-page-written", "and then written", Memory.ZERO_PAGE, true, "RW"),
          of("zero-page-rw-read", "untouched RAM is read", Memory.ZERO_PAGE, false, "R"),
          of("zero-page-rw-written", "and then written", Memory.ZERO_PAGE, false, "RW"),
          of(
              "huge-zero-read",
              "a blank flash of huge pages is read",
              Memory.HUGE_ZERO_PAGE,
              true,
              "R"),
          of("huge-zero-written", "and then written", Memory.HUGE_ZERO_PAGE, true, "RW"),
          of("real-page-read", "a flash with content is read", Memory.WRITTEN, true, "R"),
          of("real-page-written", "and then written", Memory.WRITTEN, true, "RW"),
          of("device-written", "a device is written first", Memory.DEVICE, false, "W"),
          of(DEVICE_READ, "a device is read first", Memory.DEVICE, false, "R"),
          of(DEVICE_READ_WRITTEN, "and then written", Memory.DEVICE, false, "RW"),
          of("ro-device-read", "a read-only device is read", Memory.DEVICE, true, "R"),
          of(RO_DEVICE_WRITTEN, "and then written", Memory.DEVICE, true, "RW"),
          of(
              RESERVED_RAM_READ,
              "reserved RAM is read by its frames",
              Memory.RESERVED_RAM,
              false,
              "R"),
          of("reserved-ram-written", "written instead", Memory.RESERVED_RAM, false, "W"),
          of("ram-frames-read", "other RAM is read by its frames", Memory.RAM_FRAMES, false, "R"),
          of(BLANK_ROM_EXECUTED, "a blank ROM is executed", Memory.ZERO_PAGE, true, "X"),
          of(DAX_READ, "RAM from a DAX file is read", Memory.DAX, false, "R"));

  private Scenarios() {}

  /** All of them, in the order of telling. */
  public static List<Scenario> all() {
    return ALL;
  }

  /**
   * The scenario of this name.
   *
   * @throws Trouble if there is none
   */
  public static Scenario named(String name) {
    return ALL.stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new Trouble(
                "there is no scenario \"" + Printable.of(name) + "\"",
                "scenarios are "
                    + ALL.stream().map(Scenario::name).collect(Collectors.joining(", "))));
  }

  private static Scenario of(
      String name, String sentence, Memory memory, boolean readOnlySlot, String accesses) {
    return new Scenario(name, sentence, memory, readOnlySlot, accesses);
  }
}
