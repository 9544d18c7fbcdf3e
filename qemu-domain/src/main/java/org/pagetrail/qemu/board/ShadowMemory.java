package org.pagetrail.qemu.board;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.qemu.region.Region;
import org.pagetrail.qemu.region.Region.Mark;
import org.pagetrail.qemu.region.RegionOp;
import org.pagetrail.qemu.region.RegionOp.Add;
import org.pagetrail.qemu.region.RegionOp.Create;
import org.pagetrail.qemu.region.RegionOp.Set;
import org.pagetrail.qemu.region.RegionTree;

/**
 * The programmable attribute map (PAM): for each of 13 areas from 0xc0000 to 0xfffff one of four
 * aliases shows, by two bits of a register. ROM is a read-only alias of RAM, which KVM's slots do
 * not know of.
 */
final class ShadowMemory {
  /** How many registers there are, from the one of 0xf0000 on. */
  static final int REGISTERS = 7;

  private static final int AREAS = 13;
  private static final int ATTRIBUTES = 4;
  private static final int READ_ONLY = 1;
  private static final long BIOS_BASE = 0xf0000;
  private static final long BIOS_SIZE = 0x10000;
  private static final long EXPANSION_BASE = 0xc0000;
  private static final long EXPANSION_SIZE = 0x4000;

  private ShadowMemory() {}

  /** One transaction for each area: its four aliases, all hidden. */
  static List<List<RegionOp>> create(String ram, String pci) {
    List<List<RegionOp>> transactions = new ArrayList<>();
    for (int area = 0; area < AREAS; area++) {
      List<RegionOp> ops = new ArrayList<>();
      long base = area == 0 ? BIOS_BASE : EXPANSION_BASE + (area - 1) * EXPANSION_SIZE;
      long size = area == 0 ? BIOS_SIZE : EXPANSION_SIZE;
      for (int attribute = 0; attribute < ATTRIBUTES; attribute++) {
        String id = id(area, attribute);
        String target = attribute == 0 ? pci : ram;
        ops.add(new Create(id, name(attribute), RegionType.ALIAS, size, target, base, null));
        if (attribute == READ_ONLY) {
          ops.add(Set.readOnly(id, true));
        }
        ops.add(Set.enabled(id, false));
        ops.add(new Add(id, Steps.SYSTEM, base, 1));
      }
      transactions.add(ops);
    }
    return transactions;
  }

  /** Hides the alias of every area and shows the one that its register asks for. */
  static List<RegionOp> update(ChipsetRegisters registers, RegionTree tree, int firstRegister) {
    List<RegionOp> ops = new ArrayList<>();
    for (int area = 0; area < AREAS; area++) {
      int value = registers.get(firstRegister + (area + 1) / 2);
      int attribute = (area % 2 == 0 ? value >> 4 : value) & (ATTRIBUTES - 1);
      ops.add(Set.enabled(id(area, shown(tree, area)), false));
      ops.add(Set.enabled(id(area, attribute), true));
    }
    return ops;
  }

  private static int shown(RegionTree tree, int area) {
    for (int attribute = 0; attribute < ATTRIBUTES; attribute++) {
      Region alias = tree.find(id(area, attribute));
      if (alias != null && alias.is(Mark.ENABLED)) {
        return attribute;
      }
    }
    return 0;
  }

  private static String id(int area, int attribute) {
    return "pam[" + area + "]." + attribute;
  }

  private static String name(int attribute) {
    return switch (attribute) {
      case 3 -> "pam-ram";
      case READ_ONLY -> "pam-rom";
      default -> "pam-pci";
    };
  }
}
