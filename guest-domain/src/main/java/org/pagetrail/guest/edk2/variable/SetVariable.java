package org.pagetrail.guest.edk2.variable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagetrail.guest.edk2.flash.FlashRequest.WriteBytes;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.edk2.memory.FirmwareMemory;
import org.pagetrail.guest.edk2.memory.LittleEndian;
import org.pagetrail.guest.step.Compound;
import org.pagetrail.guest.step.End;
import org.pagetrail.guest.step.Expansion;
import org.pagetrail.guest.step.Say;
import org.pagetrail.guest.step.Step;

/** Sets a non-volatile variable, by the variable driver's copy of the store. */
public record SetVariable(Volume volume, VariableRequest request)
    implements Compound<FirmwareMemory> {
  private static final int COUNTER_BYTES = 4;

  @Override
  public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
    byte[] name = StoredVariable.nameBytes(request.name());
    byte[] vendor = request.vendor().bytes();
    StoredVariable old = null;
    int end = Volume.FIRST_VARIABLE;
    for (Optional<StoredVariable> next = at(memory, end);
        next.isPresent();
        next = at(memory, end)) {
      StoredVariable variable = next.get();
      old = variable.isLive() && variable.isCalled(name, vendor) ? variable : old;
      end = variable.end(volume.format());
    }
    byte[] data = data(old);
    if (old != null
        && old.attributes() == request.attributes()
        && old.data().equals(ByteImage.of(data))) {
      return Expansion.done(memory);
    }
    byte[] header =
        StoredVariable.header(
            volume.format(), request.attributes(), vendor, name.length, data.length);
    byte[] body = Arrays.copyOf(name, name.length + data.length);
    System.arraycopy(data, 0, body, name.length, data.length);
    if (end + header.length + body.length > volume.device().region().blockBytes()) {
      return new Expansion<>(
          List.of(
              new End.Stopped<>(
                  "not followed further: the variable store is full", VariableRule.RECLAIM.cite())),
          memory);
    }
    return new Expansion<>(steps(old, end, header, body), memory);
  }

  private List<Step<FirmwareMemory>> steps(
      @Nullable StoredVariable old, int end, byte[] header, byte[] body) {
    List<Step<FirmwareMemory>> steps = new ArrayList<>();
    steps.add(new Say<>("set variable " + request.name(), VariableRule.SET.cite()));
    int oldState = 0;
    if (old != null) {
      oldState = old.state() & StoredVariable.STATE_IN_DELETION;
      if (oldState != old.state()) {
        steps.add(state(old.offset(), oldState));
      }
    }
    steps.add(new Put(volume, end, ByteImage.of(header)));
    steps.add(state(end, StoredVariable.STATE_HEADER_VALID));
    steps.add(new Put(volume, end + header.length, ByteImage.of(body)));
    steps.add(state(end, StoredVariable.STATE_ADDED));
    if (old != null) {
      steps.add(state(old.offset(), oldState & StoredVariable.STATE_DELETED));
    }
    return steps;
  }

  private byte[] data(@Nullable StoredVariable old) {
    return switch (request.value()) {
      case VariableRequest.Value.Fixed(ByteImage bytes) -> bytes.slice(0, bytes.size());
      case VariableRequest.Value.Incremented() ->
          LittleEndian.bytes(
              old == null || old.data().size() != COUNTER_BYTES
                  ? 1
                  : LittleEndian.get(old.data().slice(0, COUNTER_BYTES), 0, COUNTER_BYTES) + 1,
              COUNTER_BYTES);
    };
  }

  private Optional<StoredVariable> at(FirmwareMemory memory, int offset) {
    return StoredVariable.at(memory.variables(), volume.format(), offset);
  }

  private Put state(int variable, int state) {
    return new Put(
        volume, variable + StoredVariable.STATE_OFFSET, ByteImage.of(new byte[] {(byte) state}));
  }

  /** Writes to the flash and to the driver's copy. */
  private record Put(Volume volume, int offset, ByteImage bytes)
      implements Compound<FirmwareMemory> {
    @Override
    public Expansion<FirmwareMemory> expand(FirmwareMemory memory) {
      return new Expansion<>(
          List.of(new WriteBytes(volume.device(), offset, bytes)),
          memory.withVariables(memory.variables().with(offset, bytes.slice(0, bytes.size()))));
    }
  }
}
