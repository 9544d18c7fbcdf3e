package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.StorePlace;
import org.pagetrail.events.RunEvent.FindingNoted;
import org.pagetrail.events.trail.Trail;
import org.pagetrail.projections.findings.Finding;
import org.pagetrail.projections.findings.FindingsProjection;
import org.pagetrail.store.TrailLog;
import org.pagetrail.store.axon.TrailApplication;
import org.pagetrail.store.run.RunCommand.NoteFinding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagetrail store note}: what is found in a trail becomes part of it. */
@Command(
    name = "note",
    mixinStandardHelpOptions = true,
    description = "Notes in a stored trail what is found in it; what is noted already is left out.",
    footer = {"", "Example:", "  pagetrail store note hang.trail"})
public final class StoreNoteCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PLACE", description = StorePlace.SYNTAX)
  private String place;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    int found = StorePlace.of(place).change(StoreNoteCommand::noteIn);
    PrintWriter print = spec.commandLine().getOut();
    print.println(found + " findings noted");
    print.flush();
    return found == 0 ? ExitCode.NOTHING : ExitCode.SOMETHING;
  }

  private static int noteIn(TrailLog log) {
    Trail trail = StorePlace.eventsOf(log);
    List<NoteFinding> notes =
        FindingsProjection.findingsOf(trail.entries()).stream()
            .map(StoreNoteCommand::note)
            .filter(note -> !isNoted(trail, note))
            .distinct()
            .toList();
    if (!notes.isEmpty()) {
      try (TrailApplication axon = TrailApplication.start(log, List.of())) {
        notes.forEach(axon::send);
      }
    }
    return notes.size();
  }

  private static NoteFinding note(Finding finding) {
    StringBuilder where = new StringBuilder();
    if (finding.slot() != null) {
      where.append("slot ").append(finding.slot()).append(' ');
    }
    if (finding.guest() != null) {
      where.append("guest ").append(finding.guest()).append(' ');
    }
    if (finding.pfn() != null) {
      where.append("pfn ").append(finding.pfn()).append(' ');
    }
    return new NoteFinding(finding.kind(), (where + finding.detail()).strip(), finding.evidence());
  }

  private static boolean isNoted(Trail trail, NoteFinding note) {
    FindingNoted noted = new FindingNoted(note.kind().anchor(), note.detail());
    return trail.entries().stream().anyMatch(entry -> entry.event().equals(noted));
  }
}
