package org.pagetrail.traceimport;

/** Told how far an import has come. */
public interface ImportProgress {
  /** For nobody. */
  ImportProgress NONE =
      new ImportProgress() {
        @Override
        public void begin(long bytes) {
          // Nobody asks.
        }

        @Override
        public void read(long bytes) {
          // Nobody asks.
        }
      };

  /** All inputs together have so many bytes, packed as they are. */
  void begin(long bytes);

  /** So many more bytes of them were read. */
  void read(long bytes);
}
