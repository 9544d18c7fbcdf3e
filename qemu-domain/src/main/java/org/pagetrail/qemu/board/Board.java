package org.pagetrail.qemu.board;

import java.util.List;
import org.pagetrail.qemu.rule.Rule;

/** A machine type as one release builds it. */
public interface Board {
  /** Where the order of its steps is known from. */
  Rule rule();

  /** What the board does from the start of QEMU to just before its first reset. */
  List<BoardStep> build(BoardSpec spec);
}
