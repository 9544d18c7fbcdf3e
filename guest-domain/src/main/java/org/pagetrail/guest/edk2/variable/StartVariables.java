package org.pagetrail.guest.edk2.variable;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.AccessKind;
import org.pagetrail.guest.edk2.flash.CopyOut;
import org.pagetrail.guest.edk2.flash.FlashRequest.ReadBytes;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.step.Compound;
import org.pagetrail.guest.step.Expansion;
import org.pagetrail.guest.step.Say;
import org.pagetrail.guest.step.Step;

/**
 * The start of the variable driver, then the variables that the boot sets.
 *
 * @param requests the variables in the order in which they are set
 */
public record StartVariables(Volume volume, List<VariableRequest> requests)
    implements Compound<FirmwareMemory> {
  /** Bytes that the DXE core reads of a volume: a header with one entry in its block map. */
  private static final int CORE_READS_BYTES = 0x40;

  /** Copies the list. */
  public StartVariables {
    requests = List.copyOf(requests);
  }

  /** What the DXE core does when the volume appears. */
  public static List<Step<FirmwareMemory>> volumeAppears(Volume volume) {
    return List.of(
        new Say<>("the DXE core looks at the volume", VariableRule.VOLUME_APPEARS.cite()),
        new ReadBytes(volume.device(), 0, CORE_READS_BYTES));
  }

  @Override
  public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
    return new Expansion<>(
        List.of(
            new Say<>("load the variable store", VariableRule.LOAD.cite()),
            new CopyOut(
                volume.device().region(),
                0,
                volume.device().region().blockBytes(),
                AccessKind.READ,
                false,
                VariableRule.LOAD.cite()),
            new SetAll(volume, requests)),
        memory);
  }

  private record SetAll(Volume volume, List<VariableRequest> requests)
      implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      if (!memory.isDataKnown()) {
        return new Expansion<>(
            List.of(
                new Say<>(
                    "not followed: which variables are set, the store's content is not known",
                    VariableRule.SET.cite())),
            memory);
      }
      List<Step<FirmwareMemory>> steps = new ArrayList<>();
      for (VariableRequest request : requests) {
        steps.add(new SetVariable(volume, request));
      }
      return new Expansion<>(steps, memory.withVariables(memory.data()));
    }
  }
}
