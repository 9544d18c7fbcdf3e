package org.pagetrail.app.doctor;

/**
 * One thing that recordings are made of, on this machine.
 *
 * @param name what it is called
 * @param there whether it can be used now
 * @param found what was found, or what was missing
 * @param gives what a trail has from it
 * @param remedy what to do to get it; empty if it is there
 */
public record Source(String name, boolean there, String found, String gives, String remedy) {

  static Source there(String name, String found, String gives) {
    return new Source(name, true, found, gives, "");
  }

  static Source missing(String name, String found, String gives, String remedy) {
    return new Source(name, false, found, gives, remedy);
  }
}
