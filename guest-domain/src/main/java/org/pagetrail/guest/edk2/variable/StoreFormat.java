package org.pagetrail.guest.edk2.variable;

/** How a variable store is laid out. */
public enum StoreFormat {
  /** Variables without signatures. */
  PLAIN("ddcf3616-3275-4164-98b6-fe85707ffe7d", 32),
  /** Variables with a counter, a time and a key in each header. */
  AUTHENTICATED("aaf32c78-947b-439a-a180-2e144ec37792", 60);

  private final String signature;
  private final int headerBytes;

  StoreFormat(String signature, int headerBytes) {
    this.signature = signature;
    this.headerBytes = headerBytes;
  }

  /** What the store's header begins with. */
  public Guid signature() {
    return new Guid(signature);
  }

  /** Size of a variable's header. */
  public int headerBytes() {
    return headerBytes;
  }

  /** Offset of the sizes of name and data, which the vendor's GUID follows. */
  int sizesOffset() {
    return headerBytes - Guid.BYTES - 8;
  }
}
