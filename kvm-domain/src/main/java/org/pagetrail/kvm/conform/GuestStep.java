package org.pagetrail.kvm.conform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.AccessKind;
import org.pagetrail.kvm.model.Arch;

/**
 * What the guest does in one step: accesses one after the other, as long as they succeed.
 *
 * @param offset of the page that the table looks at, bytes from the start of the slot
 */
record GuestStep(long offset, List<Access> accesses) {
  private static final long EXECUTE_OFFSET = 0x3e00;
  private static final long NEXT_PAGE = 0x1000;
  private static final int WORD = 4;
  private static final int ARM_PAIR = 16;
  private static final int X86_VECTOR = 16;
  private static final int STRING_WORDS = 4;

  /**
   * One access.
   *
   * @param offset bytes from the start of the slot
   */
  record Access(AccessKind kind, long offset, int width, @Nullable Long value) {}

  /** True if the operation is one of the guest. */
  static boolean isGuest(char operation, Arch arch) {
    return "RWXAMLSrw".indexOf(operation) >= 0
        || (arch == Arch.X86 && "IQB".indexOf(operation) >= 0);
  }

  /** True if the program takes a new value for the operation. */
  static boolean takesValue(char operation) {
    return "WMSwB".indexOf(operation) >= 0;
  }

  /** The accesses of an operation of the guest. */
  static GuestStep of(char operation, Arch arch, long value) {
    boolean x86 = arch == Arch.X86;
    int pair = x86 ? X86_VECTOR : ARM_PAIR;
    long at = Backings.OFFSET;
    return switch (operation) {
      case 'R' -> one(AccessKind.READ, at, WORD, null);
      case 'W' -> one(AccessKind.WRITE, at, WORD, value);
      case 'X' -> one(AccessKind.EXECUTE, EXECUTE_OFFSET, WORD, null);
      case 'A' ->
          new GuestStep(
              at,
              List.of(
                  new Access(x86 ? AccessKind.READ : AccessKind.READ_EXCLUSIVE, at, WORD, null),
                  new Access(
                      x86 ? AccessKind.ATOMIC : AccessKind.WRITE_EXCLUSIVE, at, WORD, value + 1)));
      case 'M' -> one(AccessKind.ATOMIC, at, WORD, value);
      case 'L' -> one(AccessKind.READ_PAIR, at, pair, null);
      case 'S' -> one(AccessKind.WRITE_PAIR, at, pair, value);
      case 'r' -> one(AccessKind.READ, at + NEXT_PAGE, WORD, null);
      case 'w' -> one(AccessKind.WRITE, at + NEXT_PAGE, WORD, value);
      case 'I' -> one(AccessKind.STRING_IN, at, WORD, 0x5a5a5a5aL);
      case 'Q' -> one(AccessKind.STRING_OUT, at, WORD, null);
      case 'B' -> {
        List<Access> words = new ArrayList<>();
        for (int i = 0; i < STRING_WORDS; i++) {
          words.add(new Access(AccessKind.STRING_STORE, at + (long) i * WORD, WORD, value));
        }
        yield new GuestStep(at, words);
      }
      default -> throw new IllegalArgumentException("the guest has no operation " + operation);
    };
  }

  private static GuestStep one(AccessKind kind, long offset, int width, @Nullable Long value) {
    return new GuestStep(offset, List.of(new Access(kind, offset, width, value)));
  }
}
