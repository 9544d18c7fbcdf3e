package org.pagetrail.store.packed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packs the records of one layout. Its subclasses are made by {@link PackerCode}, each as straight
 * as if it had been written by hand for its type.
 */
abstract class RecordPacker {
  private final Place[] places;

  /** A packer that leaves to these places what is more than a number or a string. */
  RecordPacker(List<Place> places) {
    this.places = places.toArray(Place[]::new);
  }

  /**
   * Puts a record in bytes that are zero.
   *
   * @throws Unpackable if the schema has no place for one of its values
   */
  abstract void write(Record value, Bytes to, int at, Tables tables);

  /** Leaves a component to its place. */
  final void put(int place, Object value, Bytes to, int at, Tables tables) {
    places[place].write(value, to, at, tables);
  }

  /** Refuses a component that the schema lacks, if it says anything. */
  static void requireNothing(@Nullable Object value, String type, String component) {
    if (value != null && !value.equals(List.of())) {
      throw new Unpackable("its " + type + " has no place for the field " + component);
    }
  }

  /** Refuses a component that is not there and must be. */
  static void requireThere(@Nullable Object value, String type, String component) {
    if (value == null) {
      throw new Unpackable("its " + type + " needs the field " + component);
    }
  }
}
