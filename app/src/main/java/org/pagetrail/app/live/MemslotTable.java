package org.pagetrail.app.live;

import java.util.List;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.kvm.KvmCommand.SetMemslot;

/**
 * The requests that a host is asked: every check of KVM_SET_USER_MEMORY_REGION, on both sides of
 * each limit, and what may be changed of a memslot that exists.
 *
 * <p>Left out is the largest memslot that is accepted, of 2^31 - 1 pages: where the kernel keeps
 * reverse maps it allocates 16 GiB for it.
 */
final class MemslotTable {
  private static final int LOG = SlotFlags.LOG_DIRTY;
  private static final int READONLY = SlotFlags.READONLY;
  private static final int UNKNOWN = 1 << 3;

  private static final long PAGE = 1L << 12;
  private static final long MIB = 1L << 20;
  private static final long GPA = 0x1000_0000L;
  private static final long SIZE = 4 * MIB;

  /** Bytes of writable and of read-only memory that the requests refer to. */
  static final long MEMORY_BYTES = 4 * SIZE;

  private final HostFacts host;
  private final long hva;

  private MemslotTable(HostFacts host) {
    this.host = host;
    this.hva = host.writable().start().value();
  }

  /**
   * A request.
   *
   * @param name what it tries, in words
   * @param request what the kernel is asked
   */
  record Step(String name, SetMemslot request) {}

  /**
   * Requests to one virtual machine, one after the other.
   *
   * @param name what they are about
   * @param steps the requests
   */
  record Scenario(String name, List<Step> steps) {
    /** Copies the list. */
    Scenario {
      steps = List.copyOf(steps);
    }
  }

  /** The table, with the limits and the memory of a host in it. */
  static List<Scenario> of(HostFacts host) {
    MemslotTable table = new MemslotTable(host);
    return List.of(
        table.creating(),
        table.changing(),
        table.moving(),
        table.deleting(),
        table.alignment(),
        table.guestRanges(),
        table.hostRanges(),
        table.numbers(),
        table.addressSpaces(),
        table.flags(),
        table.orderOfChecks());
  }

  private Scenario creating() {
    return scenario(
        "creating",
        step("a slot", 1, 0, GPA, SIZE, hva),
        step("the same again", 1, 0, GPA, SIZE, hva),
        step("right above it", 2, 0, GPA + SIZE, SIZE, hva + SIZE),
        step("right below it", 3, 0, GPA - SIZE, SIZE, hva + 2 * SIZE),
        step("over host memory that has a slot", 4, 0, GPA + 4 * SIZE, SIZE, hva),
        step("over the same guest addresses", 5, 0, GPA, SIZE, hva + SIZE),
        step("over the last page of another", 5, 0, GPA + 2 * SIZE - PAGE, SIZE, hva),
        step("over the first page of another", 5, 0, GPA - 2 * SIZE + PAGE, SIZE, hva),
        step("around another", 5, 0, GPA - 2 * SIZE, 8 * SIZE, hva),
        step("inside another", 5, 0, GPA + PAGE, PAGE, hva),
        step("of one page", 5, 0, GPA + 8 * SIZE, PAGE, hva),
        step("over read-only memory", 6, 0, GPA + 9 * SIZE, SIZE, readOnly()),
        step("read-only over it", 7, READONLY, GPA + 10 * SIZE, SIZE, readOnly()));
  }

  private Scenario changing() {
    return scenario(
        "changing",
        step("a slot", 1, 0, GPA, SIZE, hva),
        step("log on", 1, LOG, GPA, SIZE, hva),
        step("log on again", 1, LOG, GPA, SIZE, hva),
        step("log off", 1, 0, GPA, SIZE, hva),
        step("read-only on", 1, READONLY, GPA, SIZE, hva),
        step("read-only and log on", 1, READONLY | LOG, GPA, SIZE, hva),
        step("other host memory", 1, 0, GPA, SIZE, hva + SIZE),
        step("smaller", 1, 0, GPA, SIZE / 2, hva),
        step("larger", 1, 0, GPA, 2 * SIZE, hva),
        step("a read-only slot", 2, READONLY, GPA + 4 * SIZE, SIZE, hva),
        step("its log on", 2, READONLY | LOG, GPA + 4 * SIZE, SIZE, hva),
        step("its read-only off", 2, LOG, GPA + 4 * SIZE, SIZE, hva));
  }

  private Scenario moving() {
    return scenario(
        "moving",
        step("a slot", 1, 0, GPA, SIZE, hva),
        step("another", 2, 0, GPA + 16 * SIZE, SIZE, hva + SIZE),
        step("the first away", 1, 0, GPA + 2 * SIZE, SIZE, hva),
        step("over itself", 1, 0, GPA + 2 * SIZE + SIZE / 2, SIZE, hva),
        step("onto the other", 1, 0, GPA + 16 * SIZE, SIZE, hva),
        step("onto a page of the other", 1, 0, GPA + 17 * SIZE - PAGE, SIZE, hva),
        step("beside the other", 1, 0, GPA + 17 * SIZE, SIZE, hva),
        step("with log on", 1, LOG, GPA, SIZE, hva),
        step("with read-only on", 1, READONLY | LOG, GPA + SIZE, SIZE, hva),
        step("with other host memory", 1, LOG, GPA + SIZE, SIZE, hva + SIZE),
        step("with another size", 1, LOG, GPA + SIZE, 2 * SIZE, hva),
        step("to an unaligned address", 1, LOG, GPA + 1, SIZE, hva),
        step("where it was", 1, 0, GPA, SIZE, hva));
  }

  private Scenario deleting() {
    return scenario(
        "deleting",
        step("no slot", 1, 0, GPA, 0, hva),
        step("creating one", 1, 0, GPA, SIZE, hva),
        step("with an unknown flag", 1, UNKNOWN, GPA, 0, hva),
        step("at an unaligned guest address", 1, 0, GPA + 1, 0, hva),
        step("at an unaligned host address", 1, 0, GPA, 0, hva + 1),
        step("at a host address of the kernel", 1, 0, GPA, 0, -1L << 46),
        step("a slot", 1, 0, GPA, 0, hva),
        step("it again", 1, 0, GPA, 0, hva),
        step("creating it again", 1, LOG, GPA, SIZE, hva),
        step("with other addresses and flags", 1, READONLY, 0, 0, 0),
        step("creating a read-only one", 1, READONLY, GPA, SIZE, hva),
        step("without its flag", 1, 0, GPA, 0, hva),
        step("creating one where it was", 2, 0, GPA, SIZE, hva));
  }

  private Scenario alignment() {
    return scenario(
        "alignment",
        step("size one byte too large", 1, 0, GPA, MIB + 1, hva),
        step("size of half a page", 1, 0, GPA, PAGE / 2, hva),
        step("guest address one byte too high", 1, 0, GPA + 1, MIB, hva),
        step("guest address in the middle of a page", 1, 0, GPA + PAGE / 2, MIB, hva),
        step("host address one byte too high", 1, 0, GPA, MIB, hva + 1),
        step("host address in the middle of a page", 1, 0, GPA, MIB, hva + PAGE / 2));
  }

  private Scenario guestRanges() {
    long limit = 1L << host.guestAddressBits();
    return scenario(
        "guest addresses",
        step("from 0", 1, 0, 0, MIB, hva),
        step("that wrap", 2, 0, -0x10000L, MIB, hva),
        step("that end at 2^64", 2, 0, -MIB, MIB, hva),
        step("up to a page before the limit", 2, 0, limit - MIB - PAGE, MIB, hva),
        step("across the limit", 3, 0, limit - PAGE, 2 * PAGE, hva),
        step("the last page before the limit", 3, 0, limit - PAGE, PAGE, hva),
        step("from the limit on", 4, 0, limit, MIB, hva),
        step("moved behind the limit", 1, 0, limit, MIB, hva),
        step("of 52 bits", 4, 0, 1L << 52, MIB, hva),
        step("of 63 bits", 4, 0, 1L << 62, MIB, hva),
        step("2^31 pages", 4, 0, GPA, 1L << 43, PAGE),
        step("more bytes than user space", 4, 0, GPA, 1L << 62, PAGE));
  }

  private Scenario hostRanges() {
    long limit = 1L << host.userAddressBits();
    return scenario(
        "host addresses",
        step("from 0", 1, 0, 0, MIB, 0),
        step("up to two pages below the limit", 2, 0, GPA, MIB, limit - MIB - 2 * PAGE),
        step("with the last page of user space", 3, 0, GPA + SIZE, MIB, limit - MIB),
        step("across the limit", 4, 0, GPA + 2 * SIZE, MIB, limit - PAGE),
        step("from the limit on", 4, 0, GPA + 2 * SIZE, MIB, limit),
        step("of the kernel", 4, 0, GPA + 2 * SIZE, MIB, -1L << 46),
        step("that wrap", 4, 0, GPA + 2 * SIZE, MIB, -PAGE),
        step("with a tag", 4, 0, GPA + 2 * SIZE, MIB, hva | 1L << 57));
  }

  private Scenario numbers() {
    return scenario(
        "slot numbers",
        step("the first", 0, 0, GPA, MIB, hva),
        step("the last", host.memslots() - 1, 0, GPA + SIZE, MIB, hva),
        step("one too many", host.memslots(), 0, GPA + 2 * SIZE, MIB, hva),
        step("the largest of 16 bits", 0xffff, 0, GPA + 2 * SIZE, MIB, hva),
        step("deleting one too many", host.memslots(), 0, GPA + 2 * SIZE, 0, hva),
        step("deleting the last", host.memslots() - 1, 0, GPA, 0, hva));
  }

  private Scenario addressSpaces() {
    int last = host.addressSpaces() - 1;
    return scenario(
        "address spaces",
        step("the first", 1, 0, GPA, MIB, hva),
        step("the same slot in the last", new SlotId(last, 1), GPA, MIB, hva),
        step("another slot in the last", new SlotId(last, 2), GPA, MIB, hva),
        step("one too many", new SlotId(last + 1, 1), GPA + SIZE, MIB, hva),
        step("two too many", new SlotId(last + 2, 1), GPA + SIZE, MIB, hva),
        step("deleting in one too many", new SlotId(last + 1, 1), GPA, 0, hva),
        step("the largest", new SlotId(0xffff, 1), GPA + SIZE, MIB, hva));
  }

  private Scenario flags() {
    return scenario(
        "flags",
        step("none", 1, 0, GPA, MIB, hva),
        step("log", 2, LOG, GPA + SIZE, MIB, hva),
        step("read-only", 3, READONLY, GPA + 2 * SIZE, MIB, hva),
        step("log and read-only", 4, LOG | READONLY, GPA + 3 * SIZE, MIB, hva),
        step("guest memfd", 5, SlotFlags.GUEST_MEMFD, GPA + 4 * SIZE, MIB, hva),
        step("guest memfd and log", 5, SlotFlags.GUEST_MEMFD | LOG, GPA + 4 * SIZE, MIB, hva),
        step("the fourth bit", 5, UNKNOWN, GPA + 4 * SIZE, MIB, hva),
        step("the 17th bit", 5, 1 << 16, GPA + 4 * SIZE, MIB, hva),
        step("the last bit", 5, 1 << 31, GPA + 4 * SIZE, MIB, hva),
        step("all bits", 5, -1, GPA + 4 * SIZE, MIB, hva),
        step("an unknown one on a slot", 1, UNKNOWN, GPA, MIB, hva));
  }

  /** Requests with two faults of which the kernel tells the first. */
  private Scenario orderOfChecks() {
    long limit = 1L << host.guestAddressBits();
    return scenario(
        "order of checks",
        step("a slot", 1, 0, GPA, SIZE, hva),
        step("a slot up to the limit", 2, 0, limit - SIZE, SIZE - PAGE, hva),
        step("overlap and unknown flag", 3, UNKNOWN, GPA, SIZE, hva),
        step("overlap and unaligned", 3, 0, GPA, SIZE + 1, hva),
        step("overlap and kernel memory", 3, 0, GPA, SIZE, -1L << 46),
        step("overlap and one slot too many", host.memslots(), 0, GPA, SIZE, hva),
        step("overlap and beyond the limit", 3, 0, limit - SIZE, 2 * SIZE, hva),
        step("smaller and an overlap", 1, 0, limit - SIZE, PAGE, hva),
        step("read-only on and an overlap", 1, READONLY, limit - SIZE, SIZE, hva));
  }

  private long readOnly() {
    return host.readOnly().start().value();
  }

  private static Scenario scenario(String name, Step... steps) {
    return new Scenario(name, List.of(steps));
  }

  private static Step step(String name, int slot, int flags, long gpa, long size, long hva) {
    return step(name, new SlotId(0, slot), flags, gpa, size, hva);
  }

  private static Step step(String name, SlotId slot, long gpa, long size, long hva) {
    return step(name, slot, 0, gpa, size, hva);
  }

  private static Step step(String name, SlotId slot, int flags, long gpa, long size, long hva) {
    return new Step(
        name,
        new SetMemslot(slot, new SlotFlags(flags), new Gpa(gpa), new ByteSize(size), new Hva(hva)));
  }
}
