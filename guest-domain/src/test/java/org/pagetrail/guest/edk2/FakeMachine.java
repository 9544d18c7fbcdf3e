package org.pagetrail.guest.edk2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.GuestEvent;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestAccessCompleted;
import org.pagetrail.events.GuestEvent.GuestAccessed;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.guest.GuestCommand;
import org.pagetrail.guest.GuestDecider;
import org.pagetrail.guest.GuestProgram;
import org.pagetrail.guest.GuestState;
import org.pagetrail.guest.recorded.FlashOperation;

/** A machine that serves a guest's accesses at once: two flashes, and memory elsewhere. */
final class FakeMachine {
  private static final long FLASH_BYTES = 0x4000000;
  private static final int USED_BYTES = 0x100000;

  private final FakeFlash[] flashes = {new FakeFlash(USED_BYTES), new FakeFlash(USED_BYTES)};
  private final Map<Long, Byte> plain = new HashMap<>();
  private final List<FlashOperation> operations = new ArrayList<>();
  private final List<GuestAccessCompleted> completions = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();
  private @Nullable Gpa aborted;
  private final boolean writesAreLost;
  private final boolean contentIsKnown;

  private FakeMachine(boolean writesAreLost, boolean contentIsKnown) {
    this.writesAreLost = writesAreLost;
    this.contentIsKnown = contentIsKnown;
  }

  /** Flash works. */
  static FakeMachine healthy() {
    return new FakeMachine(false, true);
  }

  /** Stores to the second flash land in plain memory and never leave the guest. */
  static FakeMachine losingWrites() {
    return new FakeMachine(true, true);
  }

  /** Flash works, but what a load from memory returns is not known. */
  static FakeMachine withUnknownMemory() {
    return new FakeMachine(false, false);
  }

  /** Flash works, but an access of one address is aborted. */
  static FakeMachine aborting(Gpa gpa) {
    FakeMachine machine = healthy();
    machine.aborted = gpa;
    return machine;
  }

  /** The next boot of a machine, with flash as it was left. */
  static FakeMachine after(FakeMachine earlier) {
    FakeMachine next = healthy();
    for (int number = 0; number < next.flashes.length; number++) {
      next.flashes[number].fill(earlier.flashes[number]);
    }
    return next;
  }

  FakeFlash flash(int number) {
    return flashes[number];
  }

  List<FlashOperation> operations() {
    return operations;
  }

  List<GuestAccessCompleted> completions() {
    return completions;
  }

  List<GuestEvent> events() {
    return decisions.stream().map(decision -> (GuestEvent) decision.event()).toList();
  }

  List<Decision> decisions() {
    return decisions;
  }

  /** The word that plain memory holds at an address of the second flash. */
  long plainWord(long gpa) {
    return loadPlain(gpa, 4);
  }

  /** Runs a program until it ends. */
  FakeMachine run(GuestProgram program) {
    GuestDecider decider = new GuestDecider(program);
    GuestState state = GuestState.RESET;
    GuestCommand command = new GuestCommand.Start(0);
    while (true) {
      List<Decision> decided = decider.decide(state, command);
      decisions.addAll(decided);
      for (Decision decision : decided) {
        state = decider.evolve(state, decision.event());
      }
      if (decided.isEmpty() || !(decided.getLast().event() instanceof GuestAccessed access)) {
        return this;
      }
      GuestAccessCompleted completion = serve(access);
      completions.add(completion);
      state = decider.evolve(state, completion);
      command = new GuestCommand.Proceed(0, completion);
    }
  }

  private GuestAccessCompleted serve(GuestAccessed access) {
    if (access.gpa().equals(aborted)) {
      return completed(access, null, Completion.ABORTED);
    }
    long gpa = access.gpa().value();
    if (gpa >= 2 * FLASH_BYTES) {
      return completed(access, access.value(), Completion.DIRECT);
    }
    int number = (int) (gpa / FLASH_BYTES);
    long offset = gpa % FLASH_BYTES;
    FakeFlash flash = flashes[number];
    if (writesAreLost && number == 1) {
      return servePlain(access, gpa);
    }
    Long value = access.value();
    if (access.access().writes() && value != null) {
      for (int done = 0; done < access.width(); done += 4) {
        long part = value >>> (8 * done) & 0xffffffffL;
        operations.add(new FlashOperation(number, true, offset + done, 4, part));
        flash.write(offset + done, part);
      }
      return completed(access, value, Completion.MMIO);
    }
    if (flash.isArray()) {
      Long loaded = contentIsKnown ? flash.load(offset, access.width()) : null;
      return completed(access, loaded, Completion.DIRECT);
    }
    long answer = flash.read(offset);
    operations.add(new FlashOperation(number, false, offset, access.width(), answer));
    return completed(access, answer, Completion.MMIO);
  }

  private GuestAccessCompleted servePlain(GuestAccessed access, long gpa) {
    Long value = access.value();
    if (access.access().writes() && value != null) {
      for (int i = 0; i < access.width(); i++) {
        plain.put(gpa + i, (byte) (value >>> (8 * i)));
      }
      return completed(access, value, Completion.DIRECT);
    }
    return completed(access, loadPlain(gpa, access.width()), Completion.DIRECT);
  }

  private long loadPlain(long gpa, int width) {
    long value = 0;
    for (int i = width - 1; i >= 0; i--) {
      value = (value << 8) | Byte.toUnsignedLong(plain.getOrDefault(gpa + i, (byte) 0));
    }
    return value;
  }

  private static GuestAccessCompleted completed(
      GuestAccessed access, @Nullable Long value, Completion completion) {
    return new GuestAccessCompleted(
        access.vcpu(), access.access(), access.gpa(), access.width(), value, completion);
  }
}
