package org.pagetrail.kvm.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pagetrail.kvm.model.Arch;

/** What can happen in one step, by the letter that the tables use. */
public enum Operation {
  READ('R', "guest read"),
  WRITE('W', "guest write"),
  EXECUTE('X', "guest fetch"),
  EXCLUSIVE('A', "guest exclusive"),
  ATOMIC('M', "guest atomic"),
  READ_PAIR('L', "guest pair load"),
  WRITE_PAIR('S', "guest pair store"),
  READ_NEXT('r', "guest read of the next page"),
  WRITE_NEXT('w', "guest write of the next page"),
  STRING_IN('I', "guest string input"),
  STRING_OUT('Q', "guest string output"),
  STRING_STORE('B', "guest string store"),
  HOST_READ('H', "host read"),
  HOST_WRITE('h', "host write"),
  SLOT_DELETE('d', "slot deleted, as when flash leaves romd mode"),
  SLOT_ADD('a', "slot added, as when flash enters romd mode"),
  SLOT_REPLACE('T', "slot deleted and added"),
  SLOT_READ_ONLY('o', "slot replaced read-only"),
  SLOT_WRITABLE('O', "slot replaced writable"),
  SLOT_TOGGLE('c', "slot's read-only flag changed in place"),
  SLOT_LOG('l', "dirty logging on"),
  SLOT_UNLOG('n', "dirty logging off"),
  SLOT_MOVE('v', "slot moved"),
  DIRTY_LOG('G', "dirty log read"),
  DONTNEED('D', "madvise(DONTNEED)"),
  POPULATE('C', "madvise(POPULATE_WRITE)"),
  PROTECT_READ('P', "mprotect(READ)"),
  PROTECT_WRITE('U', "mprotect(READ|WRITE)"),
  PROTECT_NONE('N', "mprotect(NONE)"),
  MSYNC('y', "msync"),
  FORK_KEPT('F', "fork, child kept"),
  FORK_EXITS('f', "fork, child exits"),
  UNMAP('m', "munmap"),
  KSM('K', "KSM merges"),
  KSM_ZERO('Z', "KSM merges into the zero page"),
  COLLAPSE('E', "base pages collapsed into huge ones"),
  SPLIT('s', "huge pages split");

  private final char letter;
  private final String words;

  Operation(char letter, String words) {
    this.letter = letter;
    this.words = words;
  }

  /** The letter in the tables. */
  public char letter() {
    return letter;
  }

  /** What happens. */
  public String words() {
    return words;
  }

  /** What happens, whichever page it happens to. */
  public String family() {
    return switch (this) {
      case READ_NEXT -> READ.words;
      case WRITE_NEXT -> WRITE.words;
      default -> words;
    };
  }

  /** True if the guest does it. */
  public boolean isGuest() {
    return words.startsWith("guest");
  }

  /** Those of an architecture that look at one page of the slot, or at two. */
  public static List<Operation> of(Arch arch, int pages) {
    List<Operation> all = new ArrayList<>(Arrays.asList(values()));
    if (arch != Arch.X86) {
      all.removeAll(List.of(STRING_IN, STRING_OUT, STRING_STORE));
    }
    if (pages < 2) {
      all.removeAll(List.of(READ_NEXT, WRITE_NEXT));
    }
    return List.copyOf(all);
  }
}
