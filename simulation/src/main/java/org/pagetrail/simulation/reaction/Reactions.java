package org.pagetrail.simulation.reaction;

import java.util.List;

/** The reactions between the layers: one orchestration for every way of running a machine. */
public final class Reactions {
  private Reactions() {}

  /** Those that drive a machine whose guest is modelled too. */
  public static List<Reaction> ofTheClosedLoop() {
    return List.of(
        new WhenQemuAllocatesRamThenTheHostMapsIt(),
        new WhenQemuCopiesAnImageThenHostMemoryIsLoaded(),
        new WhenQemuRequestsAMemslotThenKvmSetsIt(),
        new WhenKvmRefusesAMemslotThenQemuIsTold(),
        new WhenTheFlashStorageChangesThenHostMemoryIsWritten(),
        new WhenGuestAccessesMemoryThenKvmTranslates(),
        new WhenKvmReturnsForMmioThenQemuDispatches(),
        new WhenQemuServesAnExitThenKvmCompletesIt(),
        new WhenAnAccessCompletesThenTheGuestProceeds());
  }
}
