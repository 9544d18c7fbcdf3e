package org.pagetrail.projections.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.projections.Events.completed;
import static org.pagetrail.projections.Events.content;
import static org.pagetrail.projections.Events.host;
import static org.pagetrail.projections.Events.mapped;
import static org.pagetrail.projections.Events.readFault;
import static org.pagetrail.projections.Events.slot;
import static org.pagetrail.projections.Events.unmapped;
import static org.pagetrail.projections.Events.writeProtected;
import static org.pagetrail.projections.SeedStory.FLASH;
import static org.pagetrail.projections.SeedStory.FLASH_HVA;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pagetrail.events.AccessKind;
import org.pagetrail.events.Event;
import org.pagetrail.events.GuestEvent.Completion;
import org.pagetrail.events.GuestEvent.GuestHung;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.EntryChanged;
import org.pagetrail.events.HostEvent.HostCalled;
import org.pagetrail.events.HostEvent.HostMapped;
import org.pagetrail.events.HostEvent.HostUnmapped;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.HostEvent.PageCopied;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.HostEvent.PagesDropped;
import org.pagetrail.events.HostEvent.PagesMapped;
import org.pagetrail.events.HostEvent.PagesSeen;
import org.pagetrail.events.HostEvent.PagesShared;
import org.pagetrail.events.HostEvent.PagesWriteProtected;
import org.pagetrail.events.HostEvent.RangeFilled;
import org.pagetrail.events.HostEvent.RangeLoaded;
import org.pagetrail.events.HostEvent.ReferenceLeaked;
import org.pagetrail.events.HostEvent.SignalSent;
import org.pagetrail.events.HostEvent.Writer;
import org.pagetrail.events.KvmEvent.AbortHandled;
import org.pagetrail.events.KvmEvent.AbortInjected;
import org.pagetrail.events.KvmEvent.AbortKind;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.MmioAbortHandled;
import org.pagetrail.events.KvmEvent.MmioCompleted;
import org.pagetrail.events.KvmEvent.PageDirtied;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.KvmEvent.RunReturned;
import org.pagetrail.events.KvmEvent.Stage2MadeYoung;
import org.pagetrail.events.KvmEvent.Stage2Relaxed;
import org.pagetrail.events.KvmEvent.Undecided;
import org.pagetrail.events.QemuEvent.FlashBufferStored;
import org.pagetrail.events.QemuEvent.FlashErased;
import org.pagetrail.events.QemuEvent.FlashProgrammed;
import org.pagetrail.events.QemuEvent.FlashRead;
import org.pagetrail.events.QemuEvent.FlashWritten;
import org.pagetrail.events.QemuEvent.ImageCopied;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.QemuEvent.MmioServed;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.QemuEvent.RomdModeChanged;
import org.pagetrail.events.RunEvent.EventsLost;
import org.pagetrail.events.RunEvent.RecordingLeft;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.projections.TrailBuilder;

/** What the steps of a history say, event by event. */
class StepTextTest {
  private static final Gpa PAGE = new Gpa(FLASH + 0x1000);
  private static final Hva HERE = new Hva(FLASH_HVA + 0x1000);
  private static final long FRAME = 0x55;
  private static final String FLASH1 = "virt.flash1";

  private final TrailBuilder trail = new TrailBuilder();

  @BeforeEach
  void aMappedPageOfTheFlash() {
    trail.observed(
        new RamBlockAllocated(FLASH1, new ByteSize(0x4000000), new Hva(FLASH_HVA), "vars.fd"));
    trail.observed(slot(1, SlotFlags.READ_ONLY, FLASH, 0x4000000, FLASH_HVA));
    trail.observed(readFault(PAGE.value()));
    trail.observed(mapped(PAGE.value(), FRAME, Perms.R, MemoryType.NORMAL));
  }

  @Test
  void theMonitorsStepsNameTheDeviceAndTheOffset() {
    assertThat(told(new RomdModeChanged(FLASH1, false)))
        .isEqualTo("virt.flash1 leaves romd mode: reads go to the device too");
    assertThat(told(new RomdModeChanged(FLASH1, true)))
        .isEqualTo("virt.flash1 enters romd mode: reads are memory again");
    assertThat(told(new FlashWritten(FLASH1, 0x1008, 4, 0x900090, 0)))
        .isEqualTo("virt.flash1 takes 0x900090 at offset 0x1008 in write cycle 0");
    assertThat(told(new FlashRead(FLASH1, 0x1008, 4, 0x800080, 0x70, 0)))
        .isEqualTo("virt.flash1 answers 0x800080 at offset 0x1008, command 0x70");
    assertThat(told(new FlashErased(FLASH1, 0, new ByteSize(0x40000))))
        .isEqualTo("virt.flash1 erases the block to ones");
    assertThat(told(new FlashProgrammed(FLASH1, 0x1010, 4, 5, true)))
        .isEqualTo("virt.flash1 programs 0x5 at offset 0x1010, into its buffer");
    assertThat(told(new FlashBufferStored(FLASH1, 0x1000, new ByteSize(0x80))))
        .isEqualTo("virt.flash1 stores its write buffer");
    assertThat(told(new ImageCopied(FLASH1, 0, new ByteSize(0x200000), "efi.fd")))
        .isEqualTo("QEMU copies efi.fd into virt.flash1");
    assertThat(told(new MmioServed(PAGE, 4, true, 7)))
        .isEqualTo("QEMU serves a 4-byte write of 0x7 at 0x4001000");
  }

  @Test
  void stepsOfOtherPartsOfTheFlashAreNotToldHere() {
    long before = steps().size();
    trail.observed(new FlashWritten(FLASH1, 0x2000, 4, 1, 0));
    trail.observed(new FlashWritten("virt.flash0", 0x1000, 4, 1, 0));
    trail.observed(new FlashErased(FLASH1, 0x40000, new ByteSize(0x40000)));
    trail.observed(new RomdModeChanged("virt.flash0", false));

    assertThat(steps()).hasSize((int) before);
  }

  @Test
  void qemusRequestsAreToldWithTheirResult() {
    assertThat(told(request(SlotFlags.READ_ONLY, 0x4000000, -22)))
        .isEqualTo(
            "QEMU sets memslot 1 (read-only) at 0x4000000-0x7ffffff, host address 0xffff87a00000,"
                + " refused with -22");
    assertThat(told(request(SlotFlags.NONE, 0, 0))).isEqualTo("QEMU deletes memslot 1");
  }

  @Test
  void theHostsStepsSayWhatBecameOfThePage() {
    assertThat(
            told(
                new HostMapped(
                    host(FLASH_HVA, 0x4000000),
                    Backing.FILE_PRIVATE,
                    Perms.RW,
                    HugeAdvice.NONE,
                    "vars.fd")))
        .isEqualTo(
            "host addresses 0xffff87a00000-0xffff8b9fffff are private file mapping rw- of vars.fd");
    assertThat(
            told(
                new PagesMapped(
                    host(HERE.value(), 0x1000), PageKind.ANONYMOUS, new Pfn(FRAME), true, false)))
        .isEqualTo("the host maps 0x55, an anonymous page, read-only");
    assertThat(
            told(
                new PagesSeen(
                    host(HERE.value(), 0x1000),
                    PageKind.ANONYMOUS,
                    new Pfn(FRAME),
                    true,
                    true,
                    List.of())))
        .isEqualTo("a snapshot shows 0x55, an anonymous page");
    assertThat(told(new PagesWriteProtected(host(HERE.value(), 0x1000))))
        .isEqualTo("the host write-protects its entry");
    assertThat(told(new PagesShared(host(HERE.value(), 0x1000), true)))
        .isEqualTo("another process maps the page too");
    assertThat(told(new PagesShared(host(HERE.value(), 0x1000), false)))
        .isEqualTo("no other process maps the page any more");
    assertThat(told(new EntryChanged(HERE)))
        .isEqualTo("the host tells KVM that 0xffff87a01000 maps another page");
    assertThat(told(new HostCalled("madvise", host(FLASH_HVA, 0x4000), 0)))
        .isEqualTo("system call madvise on 0xffff87a00000-0xffff87a03fff: 0");
    assertThat(told(new SignalSent("SIGBUS", HERE))).isEqualTo("the monitor gets SIGBUS");
    assertThat(told(new PagesDropped(host(HERE.value(), 0x1000))))
        .isEqualTo("the host takes the page back");
    assertThat(told(new HostUnmapped(host(FLASH_HVA, 0x4000000))))
        .isEqualTo("host addresses 0xffff87a00000-0xffff8b9fffff are unmapped");
  }

  @Test
  void contentIsToldByWordsAndByWhoPutItThere() {
    assertThat(told(new RangeFilled(host(FLASH_HVA, 0x4000), 0xff, Writer.HOST)))
        .isEqualTo("the host fills 0xffff87a00000-0xffff87a03fff with 0xff");
    assertThat(told(new RangeLoaded(host(FLASH_HVA, 0x4000), "efi.fd")))
        .isEqualTo("the host loads efi.fd into 0xffff87a00000-0xffff87a03fff");
    assertThat(told(content(FRAME, 0, 1, 8, 2, 16, 3, 24, 4, 32, 5)))
        .isEqualTo("0x55 holds 0x0:0x1 0x8:0x2 0x10:0x3 0x18:0x4 and 1 more");
    assertThat(told(new PageCopied(new Pfn(0x33), new Pfn(FRAME), ByteSize.PAGE)))
        .isEqualTo("0x55 takes over the content of 0x33");
    assertThat(told(new ReferenceLeaked(new Pfn(FRAME), 3)))
        .isEqualTo("a reference on 0x55 is leaked");
  }

  @Test
  void theHypervisorsStepsSayWhatItDid() {
    assertThat(told(new Stage2Relaxed(PAGE, Perms.RX, 0))).isEqualTo("stage 2 adds r-x");
    assertThat(told(new Stage2Relaxed(PAGE, Perms.RX, -11)))
        .isEqualTo("stage 2 does not add r-x: -11");
    assertThat(told(writeProtected(FLASH, 0x4000))).isEqualTo("stage 2 does not add r-x: -11");
    trail.observed(new Stage2Relaxed(PAGE, Perms.RW, 0));
    assertThat(told(writeProtected(FLASH, 0x4000)))
        .isEqualTo("stage 2 takes write permission from 0x4000000-0x4003fff");
    assertThat(told(new Stage2MadeYoung(PAGE))).isEqualTo("the access flag is set");
    assertThat(told(new PageDirtied(new Gfn(0x4001)))).isEqualTo("KVM marks the page dirty");
    assertThat(told(mapped(FLASH + 0x1000, 0x1000, 0x56, Perms.RW, MemoryType.NORMAL, -12)))
        .isEqualTo("stage 2 does not map a page at 0x4001000 to 0x56, rw- Normal: -12");
    assertThat(told(unmapped(FLASH, 0x4000000))).isEqualTo("stage 2 unmaps 0x4000000-0x7ffffff");
    assertThat(
            told(
                new PfnResolved(
                    new Gfn(0x4001), true, LookupResult.RO_FAULT, null, PageKind.UNKNOWN, false)))
        .isEqualTo("the lookup for write comes to RO_FAULT, not writable");
    assertThat(told(new Undecided(0, PAGE, "which page a collapse leaves")))
        .isEqualTo("the model cannot decide: which page a collapse leaves");
    assertThat(told(new MmioCompleted(0, PAGE, 4, 0x80)))
        .isEqualTo("the guest gets 0x80 at 0x4001000");
    assertThat(told(new MmioAbortHandled(PAGE, -38)))
        .isEqualTo("the access cannot be emulated: -38");
  }

  @Test
  void whatAFaultOfThePageCausedBelongsToIt() {
    long fault = trail.observed(readFault(PAGE.value()));
    trail.observed(new AbortInjected(0, AbortKind.DATA, 0), fault);
    assertThat(last()).isEqualTo("the guest takes a data abort");
    trail.observed(new AbortHandled(0, -14), fault);
    assertThat(last()).isEqualTo("the fault fails with -14");
    trail.observed(new RunReturned(0, "error", 14), fault);
    assertThat(last()).isEqualTo("KVM_RUN fails with errno 14");
    trail.observed(new AbortInjected(0, AbortKind.INSTRUCTION, 0));
    assertThat(last()).isEqualTo("KVM_RUN fails with errno 14");
  }

  @Test
  void theGuestsStepsSayHowItsAccessesEnded() {
    assertThat(told(completed(AccessKind.WRITE, PAGE.value(), 4, 7L, Completion.MMIO)))
        .isEqualTo("the write at 0x4001000 ends at a device, after an exit, 0x7");
    assertThat(told(completed(AccessKind.READ_PAIR, PAGE.value(), 8, null, Completion.ABORTED)))
        .isEqualTo("the load of a pair at 0x4001000 ends with an abort");
    assertThat(told(completed(AccessKind.EXECUTE, PAGE.value(), 4, null, Completion.FAILED)))
        .isEqualTo("the instruction fetch at 0x4001000 ends never: KVM_RUN failed");
    assertThat(told(new GuestHung(0, PAGE, 0, 0x80, 0x80)))
        .isEqualTo("the guest polls 0x4001000: reads 0x0, waits for 0x80 in bits 0x80");
  }

  @Test
  void gapsOfTheTrailAreSteps() {
    assertThat(told(new EventsLost("trace.txt", 7))).isEqualTo("the recorder lost 7 events");
    assertThat(told(new RecordingLeft(5, "the flash answers")))
        .isEqualTo("from here on the recorded guest would have acted otherwise: the flash answers");
    assertThat(PageTrail.of(trail.entries(), PAGE).unknowns())
        .extracting(Unknown::what)
        .anyMatch(what -> what.startsWith("the recorder lost 7 events"))
        .anyMatch(what -> what.endsWith("the flash answers"));
  }

  private String told(Event event) {
    trail.observed(event);
    return last();
  }

  private String last() {
    return steps().getLast().what();
  }

  private List<Step> steps() {
    return PageTrail.of(trail.entries(), PAGE).steps();
  }

  private static MemslotRequested request(SlotFlags flags, long size, int ret) {
    return new MemslotRequested(
        SlotId.of(1), flags, new Gpa(FLASH), new ByteSize(size), new Hva(FLASH_HVA), ret);
  }
}
