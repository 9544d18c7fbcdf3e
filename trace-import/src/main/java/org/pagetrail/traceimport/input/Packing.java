package org.pagetrail.traceimport.input;

/** How a file is compressed, told from its first bytes. */
enum Packing {
  NONE,
  GZIP(0x1f, 0x8b),
  XZ(0xfd, '7', 'z', 'X', 'Z', 0),
  ZSTD(0x28, 0xb5, 0x2f, 0xfd);

  /** How many bytes tell them apart. */
  static final int MAGIC_BYTES = 6;

  private final int[] magic;

  Packing(int... magic) {
    this.magic = magic;
  }

  /** The packing of a file that begins with these bytes. */
  static Packing of(byte[] first) {
    for (Packing packing : values()) {
      if (packing != NONE && packing.begins(first)) {
        return packing;
      }
    }
    return NONE;
  }

  private boolean begins(byte[] first) {
    if (first.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((first[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
