package org.pagetrail.traceimport.link;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagetrail.events.KvmEvent.RunReturned;

/** The reasons of kvm_run_exit, whose numbers are those of the kernel's interface. */
final class RunExits {
  private static final Pattern EXIT =
      Pattern.compile("cpu_index (?<cpu>\\d{1,5}), reason (?<reason>\\d{1,5})");

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0, "KVM_EXIT_UNKNOWN"),
          Map.entry(2, "KVM_EXIT_IO"),
          Map.entry(4, "KVM_EXIT_DEBUG"),
          Map.entry(5, "KVM_EXIT_HLT"),
          Map.entry(6, "KVM_EXIT_MMIO"),
          Map.entry(8, "KVM_EXIT_SHUTDOWN"),
          Map.entry(9, "KVM_EXIT_FAIL_ENTRY"),
          Map.entry(10, "KVM_EXIT_INTR"),
          Map.entry(17, "KVM_EXIT_INTERNAL_ERROR"),
          Map.entry(24, "KVM_EXIT_SYSTEM_EVENT"),
          Map.entry(28, "KVM_EXIT_ARM_NISV"),
          Map.entry(31, "KVM_EXIT_DIRTY_RING_FULL"));

  private RunExits() {}

  /** The event of a line's arguments, if they are what releases 2.0 to 10.2 print. */
  static Optional<RunReturned> returned(String arguments) {
    Matcher match = EXIT.matcher(arguments);
    if (!match.matches()) {
      return Optional.empty();
    }
    int reason = Integer.parseInt(match.group("reason"));
    return Optional.of(
        new RunReturned(
            Integer.parseInt(match.group("cpu")),
            NAMES.getOrDefault(reason, "KVM_EXIT " + reason),
            0));
  }
}
