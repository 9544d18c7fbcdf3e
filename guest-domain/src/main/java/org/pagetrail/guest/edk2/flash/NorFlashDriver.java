package org.pagetrail.guest.edk2.flash;

import java.util.Arrays;
import java.util.List;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Input;
import org.pagetrail.guest.GuestRule;

/**
 * A variant of the driver, by the answers that its history gave to some questions.
 *
 * @param release how the rules of this variant are named, such as {@code 2022.11}
 * @param source where it is known from
 * @param smallWrite how a write is done that need not erase
 * @param endsProgramInArrayMode true if each program is followed by a return to array mode, false
 *     if only the operation as a whole is
 */
public record NorFlashDriver(
    String release, String source, SmallWrite smallWrite, boolean endsProgramInArrayMode) {

  /** How small writes are done. */
  public enum SmallWrite {
    /** At most 128 bytes; each word is read, compared and programmed on its own. */
    WORD_BY_WORD,
    /**
     * At most 256 bytes from a 128-byte boundary on; read once, programmed as one or two buffers.
     * The read covers the length and not the end of the write: what lies behind it is taken from
     * what an earlier operation left in the buffer.
     */
    BUFFERED
  }

  /** ArmPlatformPkg's driver as it was in 2014. */
  public static final NorFlashDriver OF_2014 =
      new NorFlashDriver(
          "2014",
          "edk2 ArmPlatformPkg/Drivers/NorFlashDxe, September 2014",
          SmallWrite.WORD_BY_WORD,
          true);

  /** OvmfPkg's driver after its switches of mode were reduced. */
  public static final NorFlashDriver OF_2022_11 =
      new NorFlashDriver(
          "2022.11",
          "edk2-stable202211 OvmfPkg/VirtNorFlashDxe (25589c4a76, ca01e6216a)",
          SmallWrite.BUFFERED,
          false);

  /** The rules of this variant. */
  public List<GuestRule> rules() {
    return Arrays.stream(DriverRule.values())
        .map(rule -> new GuestRule(name(rule), rule.sentence(), source))
        .toList();
  }

  Citation cite(DriverRule rule, Input... inputs) {
    return new Citation(name(rule), source, List.of(inputs));
  }

  private String name(DriverRule rule) {
    return "edk2/" + release + "/" + rule.id();
  }
}
