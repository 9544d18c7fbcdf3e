package org.pagetrail.kvm.conform;

/** Scenarios in whose outcome chance has a say: they are compared too, and counted apart. */
final class Noise {
  private Noise() {}

  /** Why a scenario's outcome says nothing about the model; empty if it does say something. */
  static String reason(TableLine line) {
    if (line.backing().startsWith("devmem_reserved") && line.sequence().contains("X")) {
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
