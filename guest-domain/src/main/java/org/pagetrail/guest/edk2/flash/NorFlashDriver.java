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

  /** How writes are done that need not erase. */
  public sealed interface SmallWrite {
    /** At most 128 bytes; each word is read, compared and programmed on its own. */
    record WordByWord() implements SmallWrite {}

    /**
     * Read once, compared, and programmed by whole buffers.
     *
     * @param buffersMax up to how many buffers, from the boundary before the write
     * @param readsToTheEnd true if all these buffers are read; false if the read covers only the
     *     length of the write, so that what lies behind is taken from what an earlier operation
     *     left in the driver's buffer
     */
    record ByBuffers(int buffersMax, boolean readsToTheEnd) implements SmallWrite {}
  }

  /** ArmPlatformPkg's driver as it was from 2014 to 2022. */
  public static final NorFlashDriver OF_2014 =
      new NorFlashDriver(
          "2014",
          "edk2 ArmPlatformPkg/Drivers/NorFlashDxe, September 2014 to edk2-stable202208",
          new SmallWrite.WordByWord(),
          true);

  /** OvmfPkg's driver after its switches of mode were reduced. */
  public static final NorFlashDriver OF_2022_11 =
      new NorFlashDriver(
          "2022.11",
          "edk2-stable202211 OvmfPkg/VirtNorFlashDxe (25589c4a76, ca01e6216a)",
          new SmallWrite.ByBuffers(2, false),
          false);

  /** OvmfPkg's driver after its reads were corrected and larger writes allowed without an erase. */
  public static final NorFlashDriver OF_2024_02 =
      new NorFlashDriver(
          "2024.02",
          "edk2-stable202402 OvmfPkg/VirtNorFlashDxe: NorFlashWriteSingleBlock",
          new SmallWrite.ByBuffers(4, true),
          false);

  /** All variants. */
  public static List<NorFlashDriver> all() {
    return List.of(OF_2014, OF_2022_11, OF_2024_02);
  }

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
