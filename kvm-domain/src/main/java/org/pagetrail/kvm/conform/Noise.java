package org.pagetrail.kvm.conform;

import java.util.List;
import org.pagetrail.kvm.model.Arch;

/**
 * The scenarios of tables in whose outcome chance has a say: they are compared too, and counted
 * apart. This list is all there is; {@code docs/conform.md} has it in words.
 */
public final class Noise {
  /** Every sequence of operations. */
  private static final String ANY = "*";

  /** Every sequence in which the guest fetches an instruction. */
  private static final String FETCHES = "*X*";

  private static final String KHUGEPAGED = "khugepaged may collapse the pages between two steps";
  private static final String KSMD = "whether ksmd has merged the page by then is a matter of time";
  private static final String CONTENT = "what memory of unknown content executes is arbitrary";
  private static final String UNAVAILABLE =
      "the recorded host did not let the program map this memory";

  private static final String UNAVAILABLE_MARK = "backing unavailable";

  private static final List<Scenarios> ALL =
      List.of(
          new Scenarios(Arch.ARM64, "anon_untouched_hugeadv", "RWR", KHUGEPAGED),
          new Scenarios(Arch.ARM64, "anon_written_ksm", ANY, KSMD),
          new Scenarios(Arch.ARM64, "devmem_reserved", FETCHES, CONTENT),
          new Scenarios(Arch.ARM64, "devmem_reserved_cached", FETCHES, CONTENT),
          new Scenarios(Arch.X86, "anon_untouched_hugeadv", "RWR", KHUGEPAGED),
          new Scenarios(Arch.X86, "anon_written_ksm", ANY, KSMD),
          new Scenarios(Arch.X86, "devmem_bios", FETCHES, CONTENT),
          new Scenarios(Arch.X86, "devmem_edu", FETCHES, CONTENT),
          new Scenarios(Arch.X86, "devmem_reserved", FETCHES, CONTENT),
          new Scenarios(Arch.X86, "devmem_reserved_cached", FETCHES, CONTENT),
          new Scenarios(Arch.X86, "devmem_rom", FETCHES, CONTENT));

  private Noise() {}

  /**
   * Scenarios that chance decides, read-only and writable, with and without dirty log.
   *
   * @param arch the architecture of the recorded host
   * @param backing the backing, as the table names it
   * @param sequence the sequence of operations; {@code *} for all, {@code *X*} for those that fetch
   * @param reason why their outcome says nothing about the model
   */
  public record Scenarios(Arch arch, String backing, String sequence, String reason) {

    boolean include(TableLine line, Arch recorded) {
      boolean sequenceFits =
          switch (sequence) {
            case ANY -> true;
            case FETCHES -> line.sequence().contains("X");
            default -> line.sequence().equals(sequence);
          };
      return arch == recorded && backing.equals(line.backing()) && sequenceFits;
    }
  }

  /** All of them. */
  public static List<Scenarios> all() {
    return ALL;
  }

  /** Why a scenario's outcome says nothing about the model; empty if it does say something. */
  static String reason(TableLine line, Arch arch) {
    if (line.failure().startsWith(UNAVAILABLE_MARK)) {
      return UNAVAILABLE;
    }
    return ALL.stream()
        .filter(scenarios -> scenarios.include(line, arch))
        .map(Scenarios::reason)
        .findFirst()
        .orElse("");
  }
}
