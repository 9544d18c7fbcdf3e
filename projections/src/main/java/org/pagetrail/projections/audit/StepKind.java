package org.pagetrail.projections.audit;

/**
 * What a step of a page's history is about, from what the page is made of to what it went through.
 */
public enum StepKind {
  /** The memory region that shows at the address. */
  REGION("region"),
  /** The memslot. */
  SLOT("memslot"),
  /** The RAM block that the monitor allocated. */
  RAM_BLOCK("RAM block"),
  /** The mapping in the monitor's address space. */
  HOST_MAPPING("host mapping"),
  /** The host page behind the address. */
  HOST_PAGE("host page"),
  /** What the page holds. */
  CONTENT("content"),
  /** A notifier call. */
  INVALIDATION("notifier"),
  /** A guest access. */
  ACCESS("access"),
  /** A stage 2 fault. */
  FAULT("fault"),
  /** The lookup of the frame. */
  LOOKUP("pfn lookup"),
  /** Whether KVM took the frame for a device. */
  DECISION("device"),
  /** A stage 2 mapping, made or attempted. */
  MAPPING("mapping"),
  /** A change of the mapping's permissions or flags. */
  PERMISSION("permission"),
  /** The end of the mapping. */
  UNMAP("unmap"),
  /** An access handed to the kernel's bus or to the monitor, and its answer. */
  EXIT("exit"),
  /** What a device did with the access. */
  DEVICE("device access"),
  /** How a fault ended otherwise. */
  OUTCOME("outcome"),
  /** The guest polls this page. */
  HANG("hang"),
  /** The trail is not whole here. */
  GAP("gap");

  private final String label;

  StepKind(String label) {
    this.label = label;
  }

  /** The kind in a word or two. */
  public String label() {
    return label;
  }

  /** True for what happens once per access, and can fill most of a history. */
  boolean isTraffic() {
    return switch (this) {
      case ACCESS, EXIT, DEVICE, CONTENT, OUTCOME -> true;
      case REGION,
          SLOT,
          RAM_BLOCK,
          HOST_MAPPING,
          HOST_PAGE,
          INVALIDATION,
          FAULT,
          LOOKUP,
          DECISION,
          MAPPING,
          PERMISSION,
          UNMAP,
          HANG,
          GAP ->
          false;
    };
  }
}
