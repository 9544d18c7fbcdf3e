package org.pagetrail.traceimport.eventformat;

/**
 * A field of an event.
 *
 * @param name its name
 * @param kind how its bytes are to be taken
 * @param offset its first byte, counted from the event's first
 * @param size bytes of it in the record; 0 for an array that takes the rest of it
 * @param signed true if a number with its highest bit set is negative
 * @param elementSize bytes of one element of an array, else {@code size}
 */
public record Field(String name, Kind kind, int offset, int size, boolean signed, int elementSize) {

  /** How the bytes of a field are to be taken. */
  public enum Kind {
    /** A number, or an array of numbers. */
    NUMBER,
    /** Characters up to a NUL or the end of the field. */
    TEXT,
    /** {@code __data_loc}: the length and the offset of the value, counted from the event. */
    DYNAMIC,
    /** {@code __rel_loc}: the same, the offset counted from the field's end. */
    DYNAMIC_RELATIVE
  }

  /** True for the fields that every event has. */
  public boolean isCommon() {
    return name.startsWith("common_");
  }
}
