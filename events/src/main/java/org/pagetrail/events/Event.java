package org.pagetrail.events;

/**
 * Something that happened in one layer of a run. Every event is a record whose components are its
 * fields in the order of the text form.
 */
public sealed interface Event permits RunEvent, QemuEvent, HostEvent, KvmEvent, GuestEvent {

  /** The layer that the event happened in. */
  Layer layer();

  /** The name of the event's type in the text form. */
  default String type() {
    return getClass().getSimpleName();
  }
}
