package org.pagetrail.kvm.explore;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.kvm.conform.Player;
import org.pagetrail.kvm.conform.RecordedHost;
import org.pagetrail.kvm.conform.TableLine;
import org.pagetrail.kvm.model.KernelModel;

/**
 * A shortest run that shows a kind of difference, in its last step.
 *
 * @param kind the kind
 * @param start where the run begins
 * @param sequence its operations, a letter each; empty if the slot is refused
 */
public record Witness(Kind kind, Start start, String sequence) {

  /** The run as a scenario; where the slot is refused, one that would go on with a read. */
  public TableLine line() {
    return start.line(sequence.isEmpty() ? "R" : sequence);
  }

  /** The row of the run as a table would have it, had it been recorded under a kernel. */
  public String row(KernelModel model, RecordedHost host) {
    TableLine line = line();
    Player player = new Player(model, host, line);
    String failure = player.setUp();
    List<String> steps = new ArrayList<>();
    if (!failure.isEmpty()) {
      steps.add(failure);
    } else {
      line.sequence().chars().forEach(operation -> steps.add(player.step((char) operation)));
    }
    return line.row(steps);
  }
}
