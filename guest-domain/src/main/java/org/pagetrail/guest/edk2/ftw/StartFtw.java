package org.pagetrail.guest.edk2.ftw;

import java.util.ArrayList;
import java.util.List;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.step.Compound;
import org.pagetrail.guest.step.End;
import org.pagetrail.guest.step.Expansion;
import org.pagetrail.guest.step.Say;
import org.pagetrail.guest.step.Step;

/**
 * The start of the fault-tolerant-write driver. A working block whose content is not known is taken
 * as one in order.
 */
public record StartFtw(FtwBlocks blocks) implements Compound<FirmwareMemory> {
  @Override
  public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
    return new Expansion<>(
        List.of(
            new Say<>("start of the fault-tolerant-write driver", FtwRule.REFRESH.cite()),
            blocks.read(blocks.work()),
            new JudgeWork(blocks)),
        memory);
  }

  /** Looks at the working block. */
  private record JudgeWork(FtwBlocks blocks) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      ByteImage work = memory.data();
      if (!memory.isDataKnown()) {
        return Expansion.done(memory);
      }
      if (!WorkSpaceHeader.isValid(work)) {
        return new Expansion<>(
            List.of(blocks.read(blocks.spare()), new JudgeSpare(blocks)), memory);
      }
      int rest = WorkSpaceHeader.BYTES;
      return work.isErased(rest, work.size() - rest)
          ? Expansion.done(memory)
          : new Expansion<>(
              List.of(
                  new End.Stopped<>(
                      "not followed further: the fault-tolerant-write log has entries",
                      FtwRule.PENDING.cite())),
              memory);
    }
  }

  /** Looks at the spare block, the working block being invalid. */
  private record JudgeSpare(FtwBlocks blocks) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      if (memory.isDataKnown() && WorkSpaceHeader.isValid(memory.data())) {
        List<Step<FirmwareMemory>> steps = new ArrayList<>();
        steps.add(
            new Say<>("restore the working block from the spare block", FtwRule.RESTORE.cite()));
        steps.addAll(flushSpareToWork(blocks));
        steps.add(blocks.read(blocks.work()));
        return new Expansion<>(steps, memory);
      }
      return new Expansion<>(
          List.of(
              new Say<>("initialize the working block", FtwRule.INITIALIZE.cite()),
              blocks.read(blocks.work()),
              new KeepWork(blocks),
              blocks.read(blocks.spare()),
              new BuildInSpare(blocks)),
          memory);
    }
  }

  /** Makes a new working block in memory: only the header of the old one matters. */
  private record KeepWork(FtwBlocks blocks) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      int size = blocks.blockBytes();
      return Expansion.done(
          memory.withWorkSpace(
              ByteImage.erased(size)
                  .with(0, WorkSpaceHeader.bytes(size, WorkSpaceHeader.NO_STATE))));
    }
  }

  /** Puts the new working block into the spare block, then copies it, then restores the spare. */
  private record BuildInSpare(FtwBlocks blocks) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      List<Step<FirmwareMemory>> steps = new ArrayList<>();
      steps.add(blocks.erase(blocks.spare()));
      steps.add(blocks.write(blocks.spare(), memory.workSpace()));
      steps.addAll(blocks.setState(blocks.spare(), WorkSpaceHeader.VALID));
      steps.addAll(blocks.setState(blocks.work(), WorkSpaceHeader.INVALID));
      steps.addAll(flushSpareToWork(blocks));
      steps.add(blocks.erase(blocks.spare()));
      steps.add(new PutSpareBack(blocks));
      return new Expansion<>(steps, memory.withSpareBackup(memory.data()));
    }
  }

  private record PutSpareBack(FtwBlocks blocks) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      return new Expansion<>(List.of(blocks.write(blocks.spare(), memory.spareBackup())), memory);
    }
  }

  private static List<Step<FirmwareMemory>> flushSpareToWork(FtwBlocks blocks) {
    List<Step<FirmwareMemory>> steps = new ArrayList<>();
    steps.addAll(blocks.setState(blocks.spare(), WorkSpaceHeader.VALID));
    steps.add(blocks.read(blocks.spare()));
    steps.add(new KeepSpare(blocks));
    steps.addAll(blocks.setState(blocks.work(), WorkSpaceHeader.INVALID));
    steps.add(blocks.erase(blocks.work()));
    steps.add(new FillWork(blocks));
    steps.addAll(blocks.setState(blocks.work(), WorkSpaceHeader.VALID));
    return steps;
  }

  /** Takes the spare block's content, with a header that claims nothing yet. */
  private record KeepSpare(FtwBlocks blocks) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      byte[] header = WorkSpaceHeader.bytes(blocks.blockBytes(), WorkSpaceHeader.NO_STATE);
      return Expansion.done(memory.withWorkSpace(memory.data().with(0, header)));
    }
  }

  private record FillWork(FtwBlocks blocks) implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      return new Expansion<>(List.of(blocks.write(blocks.work(), memory.workSpace())), memory);
    }
  }
}
