package org.pagetrail.guest.script;

/** What a scripted program remembers: nothing. */
public enum Script {
  /** The only value. */
  NOTHING
}
