package org.pagetrail.store.packed;

import java.util.List;
import org.pagetrail.store.packed.Schema.FieldSchema;
import org.pagetrail.store.packed.Schema.TypeSchema;

/**
 * Which bytes of the packed records only say where in their block a string, a list or a message is.
 * They may differ between records that are the same.
 */
public final class TextBytes {
  private static final int CODES = 256;

  private final boolean[][] byCode = new boolean[CODES][];

  /** The bytes of the records of these layouts. */
  public TextBytes(RecordLayouts layouts) {
    for (int code = 0; code < CODES; code++) {
      byCode[code] = new boolean[layouts.width(code)];
    }
    for (int at = 1; at < RecordLayouts.FOREIGN_BYTES; at++) {
      byCode[Schema.FOREIGN][at] = true;
    }
    for (TypeSchema type : layouts.schema().types()) {
      mark(type.fields(), 1, byCode[type.code()]);
    }
  }

  private static int mark(List<FieldSchema> fields, int from, boolean[] marked) {
    int nullable = (int) fields.stream().filter(FieldSchema::nullable).count();
    int at = from + (nullable + 7) / 8;
    for (FieldSchema field : fields) {
      switch (field.kind()) {
        case LONG -> at += Long.BYTES;
        case INT -> at += Integer.BYTES;
        case TRUTH, CONSTANT -> at++;
        case RECORD -> at = mark(field.fields() == null ? List.of() : field.fields(), at, marked);
        case TEXT, LIST -> {
          for (int end = at + Integer.BYTES; at < end; at++) {
            marked[at] = true;
          }
        }
      }
    }
    return at;
  }

  /** True if a byte of a record with this code, counted from the code, is one of them. */
  public boolean holds(int code, long at) {
    return byCode[code][(int) at];
  }
}
