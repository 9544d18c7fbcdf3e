package org.pagetrail.guest.edk2;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.guest.GuestProgram;
import org.pagetrail.guest.Turn;
import org.pagetrail.guest.edk2.flash.FlashRegion;
import org.pagetrail.guest.edk2.ftw.FtwBlocks;
import org.pagetrail.guest.edk2.ftw.StartFtw;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.edk2.variable.StartVariables;
import org.pagetrail.guest.edk2.variable.UnknownContent;
import org.pagetrail.guest.edk2.variable.ValidateVolume;
import org.pagetrail.guest.edk2.variable.Volume;
import org.pagetrail.guest.step.Agenda;
import org.pagetrail.guest.step.End;
import org.pagetrail.guest.step.Say;
import org.pagetrail.guest.step.Step;
import org.pagetrail.guest.step.Touch;

/**
 * A boot of UEFI firmware from power-on to its shell: every access of the variable flash, and of
 * the rest the few that matter to what becomes of the flash.
 *
 * @param build the firmware
 * @param unknown what is assumed where a load of the variable store returns no known value
 */
public record FirmwareProgram(FirmwareBuild build, UnknownContent unknown) implements GuestProgram {
  /** The milestone at the end. */
  public static final String SHELL = "shell";

  @Override
  public Turn start(int vcpu) {
    Volume volume = build.volume();
    FlashRegion region = volume.device().region();
    List<Step<FirmwareMemory>> steps = new ArrayList<>();
    for (EarlyAccess early : build.early()) {
      steps.add(new Say<>(early.what(), FirmwareRule.EARLY.cite()));
      steps.add(
          new Touch<>(
              early.access(),
              early.gpa(),
              early.width(),
              early.value(),
              FirmwareRule.EARLY.cite()));
    }
    steps.add(new ValidateVolume(volume, unknown));
    steps.addAll(StartVariables.volumeAppears(volume));
    steps.add(
        new StartFtw(new FtwBlocks(volume.device(), region.blockBytes(), 2 * region.blockBytes())));
    steps.add(new StartVariables(volume, build.variables()));
    steps.add(new End.Reached<>(SHELL, FirmwareRule.SHELL.cite()));
    return Agenda.start(
        vcpu,
        steps,
        FirmwareMemory.atReset(region.usedBytes(), region.blockBytes()),
        FirmwareProgram::afterFault);
  }

  static List<Step<FirmwareMemory>> afterFault(GuestAccessCompleted completion) {
    String where = " at " + completion.gpa();
    return List.of(
        switch (completion.completion()) {
          case ABORTED ->
              new End.Stopped<>("stopped: an abort" + where, FirmwareRule.EXCEPTION.cite());
          case FAILED ->
              new End.Stopped<>("stopped: KVM_RUN failed" + where, FirmwareRule.NOT_RUN.cite());
          case DIRECT, MMIO -> throw new AssertionError(completion);
        });
  }
}
