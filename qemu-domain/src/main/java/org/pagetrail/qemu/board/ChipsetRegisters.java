package org.pagetrail.qemu.board;

import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * The configuration space of an x86 host bridge, as far as it decides what memory shows.
 *
 * @param configAddress what was last written to port 0xcf8
 * @param bytes registers that are not 0, by offset
 */
public record ChipsetRegisters(int configAddress, PMap<Integer, Integer> bytes) {
  /** Before the first reset. */
  public static final ChipsetRegisters NONE = new ChipsetRegisters(0, TreePMap.empty());

  private static final int ENABLE = 1 << 31;
  private static final int BUS_DEVICE_FUNCTION = 0x00ff_ff00;

  /** The byte at {@code offset}. */
  public int get(int offset) {
    return bytes.getOrDefault(offset, 0);
  }

  /** Four bytes, little-endian. */
  long word(int offset) {
    long word = 0;
    for (int i = 0; i < 4; i++) {
      word |= (long) get(offset + i) << (8 * i);
    }
    return word;
  }

  /** True if port 0xcfc reaches the host bridge: bus 0, device 0, function 0. */
  public boolean addressesTheBridge() {
    return (configAddress & ENABLE) != 0 && (configAddress & BUS_DEVICE_FUNCTION) == 0;
  }

  /** The register that an access at {@code lane} of port 0xcfc reaches. */
  public int addressed(long lane) {
    return (configAddress & 0xfc) | (int) (lane & 3);
  }

  /** The same with another address in port 0xcf8. */
  public ChipsetRegisters at(int address) {
    return new ChipsetRegisters(address, bytes);
  }

  /** The same with another byte. */
  ChipsetRegisters with(int offset, int value) {
    return new ChipsetRegisters(
        configAddress, value == 0 ? bytes.minus(offset) : bytes.plus(offset, value & 0xff));
  }
}
