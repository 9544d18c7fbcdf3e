package org.pagetrail.traceimport.input;

import java.util.HexFormat;

/** How a file is compressed, told from its first bytes. */
enum Packing {
  NONE(""),
  GZIP("1f8b"),
  XZ("fd377a585a00"),
  ZSTD("28b52ffd");

  /** How many bytes tell them apart. */
  static final int MAGIC_BYTES = 6;

  private final String magic;

  Packing(String magic) {
    this.magic = magic;
  }

  /** The packing of a file that begins with these bytes. */
  static Packing of(byte[] first) {
    String begin = HexFormat.of().formatHex(first);
    for (Packing packing : values()) {
      if (packing != NONE && begin.startsWith(packing.magic)) {
        return packing;
      }
    }
    return NONE;
  }
}
