package org.pagetrail.simulation.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.pagetrail.kvm.model.KernelModel;

/**
 * Kernels that a recording does not tell apart: each of its decisions is explained by all of them
 * or by none.
 *
 * @param kernels at least one, the plainest first
 * @param score how well each of them explains the recording
 * @param asked the questions that the recording asks of them
 */
public record Explainers(List<KernelModel> kernels, Score score, Set<String> asked) {
  /** Copies the list. */
  public Explainers {
    kernels = List.copyOf(kernels);
    asked = Set.copyOf(asked);
  }

  /** The one to speak of. */
  public KernelModel first() {
    return kernels.getFirst();
  }

  /** The same with one more kernel. */
  Explainers with(KernelModel kernel) {
    List<KernelModel> more = new ArrayList<>(kernels);
    more.add(kernel);
    return new Explainers(more, score, asked);
  }
}
