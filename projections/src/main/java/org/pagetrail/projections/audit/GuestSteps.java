package org.pagetrail.projections.audit;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.GuestEvent.GuestHung;
import org.pagetrail.events.memory.Hex;

/** What the guest did with the page. */
final class GuestSteps {
  private final Page page;

  GuestSteps(Page page) {
    this.page = page;
  }

  @Nullable Draft draft(GuestEvent event) {
    return switch (event) {
      case GuestAccessed accessed when page.holds(accessed.gpa()) ->
          new Draft(StepKind.ACCESS, accessed(accessed));
      case GuestAccessCompleted completed when page.holds(completed.gpa()) ->
          new Draft(StepKind.ACCESS, completed(completed));
      case GuestHung hung when page.holds(hung.gpa()) ->
          new Draft(
              StepKind.HANG,
              "the guest polls "
                  + hung.gpa()
                  + ": reads "
                  + Hex.of(hung.seen())
                  + ", waits for "
                  + Hex.of(hung.wanted())
                  + " in bits "
                  + Hex.of(hung.mask()));
      default -> null;
    };
  }

  private static String accessed(GuestAccessed event) {
    String value = event.value() == null ? "" : " of " + Hex.of(event.value());
    return "guest " + Phrases.access(event.access()) + value + " at " + event.gpa();
  }

  private static String completed(GuestAccessCompleted event) {
    String value = event.value() == null ? "" : ", " + Hex.of(event.value());
    return "the "
        + Phrases.access(event.access())
        + " at "
        + event.gpa()
        + " ends "
        + ending(event.completion())
        + value;
  }

  private static String ending(Completion completion) {
    return switch (completion) {
      case DIRECT -> "in memory, without an exit";
      case MMIO -> "at a device, after an exit";
      case ABORTED -> "with an abort";
      case FAILED -> "never: KVM_RUN failed";
    };
  }
}
