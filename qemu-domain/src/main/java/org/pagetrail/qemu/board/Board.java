package org.pagetrail.qemu.board;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.qemu.rule.Rule;

/** A machine type as one release builds it. */
public interface Board {
  /** Where the order of its steps is known from. */
  Rule rule();

  /** Where its RAM blocks begin in the host. */
  HvaAlignment hvas();

  /** The host bridge whose registers decide what memory shows; null where there is none. */
  @Nullable Chipset chipset();

  /** What the board does from the start of QEMU to just before its first reset. */
  List<BoardStep> build(BoardSpec spec);
}
