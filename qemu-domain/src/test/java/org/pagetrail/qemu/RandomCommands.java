package org.pagetrail.qemu;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.pagetrail.events.QemuEvent.RegionAttribute;
import org.pagetrail.events.QemuEvent.RegionType;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.qemu.QemuCommand.DispatchPortWrite;
import org.pagetrail.qemu.QemuCommand.DispatchRead;
import org.pagetrail.qemu.QemuCommand.DispatchWrite;
import org.pagetrail.qemu.QemuCommand.RegionTransaction;
import org.pagetrail.qemu.QemuCommand.ResetSystem;
import org.pagetrail.qemu.QemuCommand.SetGlobalDirtyLogging;
import org.pagetrail.qemu.region.RegionOp;
import org.pagetrail.qemu.region.RegionOp.Add;
import org.pagetrail.qemu.region.RegionOp.Create;
import org.pagetrail.qemu.region.RegionOp.Move;
import org.pagetrail.qemu.region.RegionOp.Remove;
import org.pagetrail.qemu.region.RegionOp.SetRomd;

/** Commands to a machine that is on, possible ones and impossible ones. */
final class RandomCommands {
  private static final RegionType[] KINDS = RegionType.values();
  private static final RegionAttribute[] ATTRIBUTES = RegionAttribute.values();
  private static final int[] FLASH_BYTES = {
    0x00, 0x10, 0x20, 0x40, 0x50, 0x60, 0x70, 0x90, 0x98, 0xd0, 0xe8, 0xff, 0x01, 0x03
  };

  private final SplittableRandom random;
  private final List<String> names =
      new ArrayList<>(List.of("system", "virt.flash0", "pl011", "system.flash0", "pci"));

  RandomCommands(SplittableRandom random) {
    this.random = random;
  }

  QemuCommand next() {
    return switch (random.nextInt(14)) {
      case 0 -> new ResetSystem();
      case 1 -> new SetGlobalDirtyLogging(random.nextBoolean());
      case 2, 3, 4, 5 -> new RegionTransaction(ops());
      case 12 -> new DispatchPortWrite(0, 0xcf8, 4, 0x8000_0000L | register());
      case 13 -> new DispatchPortWrite(0, 0xcfc, 4, random.nextInt());
      case 6, 7 -> new DispatchRead(0, gpa(), width());
      default -> new DispatchWrite(0, gpa(), width(), value());
    };
  }

  /** PCIEXBAR, PAM or SMRAM of q35, or PAM of the pc. */
  private int register() {
    int[] registers = {0x60, 0x90, 0x94, 0x9c, 0x58, 0x5c};
    return registers[random.nextInt(registers.length)];
  }

  private List<RegionOp> ops() {
    List<RegionOp> ops = new ArrayList<>();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      ops.add(op());
    }
    return ops;
  }

  private RegionOp op() {
    return switch (random.nextInt(9)) {
      case 0, 1, 2 -> create();
      case 3, 4, 5 -> new Add(name(), name(), address(), random.nextInt(-1, 3));
      case 6 -> random.nextBoolean() ? new Remove(name()) : new Move(name(), address());
      case 7 -> new SetRomd(name(), random.nextBoolean());
      default -> {
        RegionAttribute attribute = ATTRIBUTES[random.nextInt(ATTRIBUTES.length)];
        boolean bytes =
            attribute == RegionAttribute.SIZE || attribute == RegionAttribute.ALIAS_OFFSET;
        yield new RegionOp.Set(name(), attribute, bytes ? address() : random.nextInt(2));
      }
    };
  }

  private Create create() {
    String name = "r" + names.size();
    RegionType kind = KINDS[random.nextInt(KINDS.length)];
    String target = kind == RegionType.ALIAS ? name() : null;
    names.add(name);
    return new Create(name, name, kind, random.nextLong(1, 32) * 0x800, target, address(), null);
  }

  private String name() {
    return names.get(random.nextInt(names.size()));
  }

  private long address() {
    return random.nextInt(6) == 0 ? random.nextLong() : random.nextLong(64) * 0x800;
  }

  private Gpa gpa() {
    return switch (random.nextInt(4)) {
      case 0 -> new Gpa(random.nextLong(0x10000));
      case 1 ->
          new Gpa((random.nextBoolean() ? 0x900_0000L : 0xffff_0000L) + random.nextLong(0x40));
      case 2 -> new Gpa(random.nextLong());
      default -> new Gpa(0x400_0000L + random.nextLong(16) * 4);
    };
  }

  private int width() {
    return random.nextInt(20) == 0 ? random.nextInt(-1, 12) : 1 << random.nextInt(4);
  }

  private long value() {
    return FLASH_BYTES[random.nextInt(FLASH_BYTES.length)] * 0x0001_0001L;
  }
}
