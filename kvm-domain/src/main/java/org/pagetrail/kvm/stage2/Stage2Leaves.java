package org.pagetrail.kvm.stage2;

import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.kvm.run.Sliced;

/**
 * Leaf entries next to each other that map consecutive frames alike.
 *
 * @param pfn the frame that the first page maps to
 * @param perms what the guest may do
 * @param memoryType the memory attribute
 * @param leafPages how many base pages one entry maps: 1, 512 or 262144
 * @param writeProtected true if the entry could be written until write permission was taken from it
 */
public record Stage2Leaves(
    Pfn pfn, Perms perms, MemoryType memoryType, long leafPages, boolean writeProtected)
    implements Sliced<Stage2Leaves> {

  @Override
  public Stage2Leaves after(long pages) {
    return pages == 0
        ? this
        : new Stage2Leaves(pfn.plus(pages), perms, memoryType, leafPages, writeProtected);
  }

  /** The level of the table that holds the entries, as arm counts: 3 for base pages. */
  public int level() {
    return leafPages == 1 ? 3 : leafPages == Stage2.BLOCK_PAGES ? 2 : 1;
  }

  Stage2Leaves inBasePages() {
    return new Stage2Leaves(pfn, perms, memoryType, 1, writeProtected);
  }

  Stage2Leaves relaxed(Perms added) {
    Perms both = perms.plus(added);
    return new Stage2Leaves(pfn, both, memoryType, leafPages, writeProtected && !both.write());
  }

  Stage2Leaves protectedFromWrites() {
    return new Stage2Leaves(
        pfn, perms.withoutWrite(), memoryType, leafPages, writeProtected || perms.write());
  }
}
