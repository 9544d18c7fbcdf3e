package org.pagetrail.projections.findings;

import java.util.List;
import java.util.stream.Collectors;
import org.pagetrail.events.HostEvent.Word;
import org.pagetrail.events.memory.Hex;

/** Words of a page as the kernel's tools print them. */
final class Words {
  private static final int SHOWN = 4;

  private Words() {}

  /** {@code 0x0:0x700070 0x8:0x900090}, the first few of many. */
  static String text(List<Word> words) {
    String shown =
        words.stream()
            .limit(SHOWN)
            .map(word -> Hex.of(word.offset()) + ":" + Hex.of(word.value()))
            .collect(Collectors.joining(" "));
    int more = words.size() - SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }
}
