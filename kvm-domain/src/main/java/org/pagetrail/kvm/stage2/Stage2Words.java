package org.pagetrail.kvm.stage2;

import java.util.List;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.run.RunWords;

/** Entries of stage 2 as bits and a frame. */
final class Stage2Words implements RunWords<Stage2Leaves> {
  private static final List<MemoryType> TYPES = List.of(MemoryType.values());
  private static final long THERE = 1;
  private static final long READ = 1 << 1;
  private static final long WRITE = 1 << 2;
  private static final long EXECUTE = 1 << 3;
  private static final long PROTECTED = 1 << 4;
  private static final int TYPE_AT = 8;
  private static final long TYPE_MASK = 0xff;
  private static final int PAGES_AT = 16;

  @Override
  public long first(Stage2Leaves leaves) {
    Perms perms = leaves.perms();
    return THERE
        | (perms.read() ? READ : 0)
        | (perms.write() ? WRITE : 0)
        | (perms.execute() ? EXECUTE : 0)
        | (leaves.writeProtected() ? PROTECTED : 0)
        | ((long) TYPES.indexOf(leaves.memoryType()) << TYPE_AT)
        | (leaves.leafPages() << PAGES_AT);
  }

  @Override
  public long second(Stage2Leaves leaves) {
    return leaves.pfn().value();
  }

  @Override
  public Stage2Leaves of(long first, long second) {
    return new Stage2Leaves(
        new Pfn(second),
        new Perms((first & READ) != 0, (first & WRITE) != 0, (first & EXECUTE) != 0),
        TYPES.get((int) (first >>> TYPE_AT & TYPE_MASK)),
        first >>> PAGES_AT,
        (first & PROTECTED) != 0);
  }
}
