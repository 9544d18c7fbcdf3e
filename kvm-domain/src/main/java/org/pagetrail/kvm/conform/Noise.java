package org.pagetrail.kvm.conform;

import java.util.List;
import org.pagetrail.kvm.model.Arch;

/** Scenarios in whose outcome chance has a say: they are compared too, and counted apart. */
final class Noise {
  private static final List<String> X86_UNKNOWN_CONTENT =
      List.of("devmem_edu", "devmem_bios", "devmem_rom", "devmem_reserved");

  private Noise() {}

  /** Why a scenario's outcome says nothing about the model; empty if it does say something. */
  static String reason(TableLine line, Arch arch) {
    if (line.setupFailure().startsWith("backing unavailable")) {
      return "the recorded host did not let the program map this memory";
    }
    boolean fetches = line.sequence().contains("X");
    boolean unknownContent =
        arch == Arch.X86
            ? X86_UNKNOWN_CONTENT.stream().anyMatch(line.backing()::startsWith)
            : line.backing().startsWith("devmem_reserved");
    if (fetches && unknownContent) {
      return "what memory of unknown content executes is arbitrary";
    }
    if (line.backing().equals("anon_untouched_hugeadv") && line.sequence().equals("RWR")) {
      return "khugepaged may collapse the pages between two steps";
    }
    if (line.backing().equals("anon_written_ksm")) {
      return "whether ksmd has merged the page by then is a matter of time";
    }
    return "";
  }
}
