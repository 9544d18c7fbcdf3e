package org.pagetrail.app.cli;

import org.pagetrail.events.memory.Gpa;

/** A guest physical address as users give it. */
public final class PageAddress {
  private PageAddress() {}

  /**
   * The address.
   *
   * @throws Trouble if the text is none
   */
  public static Gpa parse(String text) {
    try {
      return Gpa.parse(text);
    } catch (NumberFormatException e) {
      throw new Trouble(
          "--gpa " + text + " is no address", "give it in hexadecimal, such as 0x4000000");
    }
  }
}
