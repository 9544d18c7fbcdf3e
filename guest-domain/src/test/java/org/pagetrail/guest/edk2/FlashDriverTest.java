package org.pagetrail.guest.edk2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.GuestEvent.GuestHung;
import org.pagetrail.events.GuestEvent.GuestStepped;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.guest.edk2.flash.Device;
import org.pagetrail.guest.edk2.flash.FlashRegion;
import org.pagetrail.guest.edk2.flash.FlashRequest;
import org.pagetrail.guest.edk2.flash.FlashRequest.EraseBlocks;
import org.pagetrail.guest.edk2.flash.FlashRequest.ReadBytes;
import org.pagetrail.guest.edk2.flash.FlashRequest.WriteBytes;
import org.pagetrail.guest.edk2.flash.NorFlashDriver;
import org.pagetrail.guest.edk2.memory.ByteImage;
import org.pagetrail.guest.recorded.FlashOperation;
import org.pagetrail.guest.recorded.RecordedBoot;

/** Requests and the commands that the driver makes of them. */
class FlashDriverTest {
  private static final int BLOCK = 0x40000;
  private static final FlashRegion REGION =
      new FlashRegion(new Gpa(0x4000000), BLOCK, 3 * BLOCK, 256);
  private static final Device OF_2014 = new Device(NorFlashDriver.OF_2014, REGION);
  private static final Device OF_2022 = new Device(NorFlashDriver.OF_2022_11, REGION);
  private static final Device OF_2024 = new Device(NorFlashDriver.OF_2024_02, REGION);

  @Test
  void theRequestsBehindARecordedBootGiveAllOfItsOperations() {
    List<FlashOperation> recorded =
        RecordedBoot.operations("stock-6.1-bios64-thpnever").stream()
            .filter(operation -> operation.flash() == 1)
            .toList();
    List<FlashRequest> requests = RequestRecovery.requests(OF_2022, recorded);

    assertThat(FakeMachine.healthy().run(new RequestProgram(OF_2022, requests)).operations())
        .isEqualTo(recorded)
        .hasSize(8419 + 552);
    assertThat(requests).hasSizeBetween(100, 300);
  }

  @Test
  void anEraseChecksTheLockErasesPollsAndReturnsToArrayMode() {
    assertThat(operations(OF_2022, new EraseBlocks(OF_2022, BLOCK, 1)))
        .containsExactly(
            "W 40008 900090",
            "R 40008 0",
            "W 40000 200020",
            "W 40000 d000d0",
            "W 0 700070",
            "R 0 800080",
            "W 0 ff00ff");
  }

  @Test
  void theDriverOf2014ProgramsEachWordOnItsOwn() {
    assertThat(
            operations(
                OF_2014,
                new EraseBlocks(OF_2014, 0, 1),
                new WriteBytes(OF_2014, 2, ByteImage.of(new byte[] {1, 2, 3}))))
        .containsSubsequence(
            "W 0 ff00ff",
            "W 8 900090",
            "W 0 400040",
            "W 0 201ffff",
            "W 0 700070",
            "W 0 500050",
            "W 0 ff00ff",
            "W 0 ff00ff",
            "W 4 400040",
            "W 4 ffffff03",
            "W 0 500050",
            "W 0 ff00ff");
  }

  @Test
  void aShortWriteOverABufferBoundaryIsComparedWithWhatAnEarlierWriteLeft() {
    byte[] ones = {-1, -1, -1, -1, -1, -1, -1, -1};
    FlashRequest[] requests = {
      new EraseBlocks(OF_2022, 0, 1),
      new WriteBytes(OF_2022, 0x60, ByteImage.of(new byte[0x80])),
      new EraseBlocks(OF_2022, 0, 1),
      new WriteBytes(OF_2022, 0x7c, ByteImage.of(ones))
    };

    assertThat(operations(OF_2022, requests)).filteredOn("W 0 200020"::equals).hasSize(3);
    assertThat(operations(OF_2024, sameFor(OF_2024, requests)))
        .filteredOn("W 0 200020"::equals)
        .hasSize(2);
  }

  @Test
  void aWriteThatSetsABitRewritesTheBlock() {
    assertThat(
            operations(
                OF_2024,
                new EraseBlocks(OF_2024, 0, 1),
                new WriteBytes(OF_2024, 0x100, ByteImage.of(new byte[] {0})),
                new WriteBytes(OF_2024, 0x100, ByteImage.of(new byte[] {1}))))
        .filteredOn("W 0 200020"::equals)
        .hasSize(2);
  }

  @Test
  void aLockedBlockIsUnlockedFirst() {
    FakeMachine machine = FakeMachine.healthy();
    machine.flash(1).lock();
    machine.run(new RequestProgram(OF_2022, List.of(new EraseBlocks(OF_2022, 0, 1))));

    assertThat(texts(machine))
        .containsSubsequence(
            "R 8 10001",
            "W 0 600060",
            "W 0 d000d0",
            "W 0 700070",
            "R 0 800080",
            "W 0 ff00ff",
            "W 0 200020");
  }

  @Test
  void aFlashThatRefusesToEraseIsSaidToBeFollowedNoFurther() {
    FakeMachine machine = FakeMachine.healthy();
    machine.flash(1).refuseChanges();
    machine.run(new RequestProgram(OF_2022, List.of(new EraseBlocks(OF_2022, 0, 1))));

    assertThat(texts(machine)).endsWith("R 0 a000a0", "W 0 500050", "W 0 ff00ff");
    assertThat(machine.events().getLast())
        .isEqualTo(new GuestStepped(0, "not followed further: the flash refused an operation"));
  }

  @Test
  void aFlashThatIsNeverReadyHangsTheDriverOnceItsStateMustHaveRepeated() {
    FakeMachine machine = FakeMachine.healthy();
    machine.flash(1).beNeverReady();
    machine.run(new RequestProgram(OF_2022, List.of(new EraseBlocks(OF_2022, 0, 1))));

    assertThat(machine.events().getLast())
        .isEqualTo(new GuestHung(0, REGION.base(), 0, 0x800080, 0x800080));
    assertThat(machine.decisions().getLast().rule().rule())
        .isEqualTo("guest/poll-of-a-flash-without-progress");
  }

  @Test
  void aBufferThatIsNeverAvailableIsGivenUp() {
    FakeMachine erased =
        FakeMachine.healthy()
            .run(new RequestProgram(OF_2022, List.of(new EraseBlocks(OF_2022, 0, 1))));
    FakeMachine later = FakeMachine.after(erased);
    later.flash(1).beNeverReady();
    later.run(
        new RequestProgram(
            OF_2022, List.of(new WriteBytes(OF_2022, 0, ByteImage.of(new byte[] {1})))));

    assertThat(later.events())
        .contains(new GuestStepped(0, "polls 9934460 more times without progress and gives up"));
    assertThat(texts(later)).endsWith("W 0 ff00ff");
  }

  @Test
  void aReadPutsTheDeviceIntoArrayMode() {
    assertThat(operations(OF_2022, new ReadBytes(OF_2022, 0x80, 4))).containsExactly("W 0 ff00ff");
  }

  private static List<String> operations(Device device, FlashRequest... requests) {
    return texts(FakeMachine.healthy().run(new RequestProgram(device, List.of(requests))));
  }

  private static List<String> texts(FakeMachine machine) {
    return machine.operations().stream()
        .map(operation ->
            (operation.isWrite() ? "W " : "R ")
                + Long.toHexString(operation.offset())
                + " "
                + Long.toHexString(operation.value()))
        .toList();
  }

  private static FlashRequest[] sameFor(Device device, FlashRequest... requests) {
    FlashRequest[] same = new FlashRequest[requests.length];
    for (int i = 0; i < requests.length; i++) {
      same[i] =
          switch (requests[i]) {
            case ReadBytes read -> new ReadBytes(device, read.offset(), read.length());
            case WriteBytes write -> new WriteBytes(device, write.offset(), write.bytes());
            case EraseBlocks erase -> new EraseBlocks(device, erase.offset(), erase.count());
          };
    }
    return same;
  }
}
