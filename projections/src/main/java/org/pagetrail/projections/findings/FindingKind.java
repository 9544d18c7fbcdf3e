package org.pagetrail.projections.findings;

/** What can be found. The anchor leads to the definition in docs/findings.md. */
public enum FindingKind {
  /** A guest wrote a page that it shares with others. */
  SHARED_PAGE_WRITTEN("shared-page-written", false, "the guest wrote a shared page"),
  /** A write to a read-only slot went to memory. */
  WRITE_DID_NOT_EXIT(
      "write-did-not-exit", false, "a write to a read-only slot went to memory without an exit"),
  /** A writable stage 2 mapping in a read-only slot. */
  READ_ONLY_SLOT_WRITABLE(
      "read-only-slot-writable", true, "stage 2 lets the guest write a read-only slot"),
  /** RAM with a Device memory attribute. */
  RAM_MAPPED_DEVICE("ram-mapped-device", true, "RAM is mapped Device"),
  /** A device with a Normal memory attribute. */
  DEVICE_MAPPED_NORMAL("device-mapped-normal", true, "a device is mapped Normal"),
  /** An executable mapping of a device. */
  DEVICE_PAGE_EXECUTABLE("device-page-executable", true, "a Device mapping is executable"),
  /** Stage 2 maps a frame that the host no longer has at that address. */
  STALE_MAPPING("stale-mapping", true, "stage 2 points at a page the host has taken back"),
  /** A guest that polls without progress. */
  GUEST_POLLS("guest-polls", true, "the guest makes no progress"),
  /** A slot whose host range has nothing mapped. */
  SLOT_OVER_HOLE("slot-over-hole", true, "a memslot lies over a hole of the host"),
  /** A page reference that is never dropped. */
  REFERENCE_LEAKED("reference-leaked", false, "a page reference leaked"),
  /** The zero page holds something. */
  ZERO_PAGE_NOT_ZERO("zero-page-not-zero", true, "the zero page is not zero");

  private final String anchor;
  private final boolean lasting;
  private final String sentence;

  FindingKind(String anchor, boolean lasting, String sentence) {
    this.anchor = anchor;
    this.lasting = lasting;
    this.sentence = sentence;
  }

  /** The heading in docs/findings.md, and the name on the command line. */
  public String anchor() {
    return anchor;
  }

  /**
   * True if it is a state that lasts until it is closed, false if it is something that happened.
   */
  public boolean isLasting() {
    return lasting;
  }

  /** What was found, in a few words without a full stop. */
  public String sentence() {
    return sentence;
  }
}
