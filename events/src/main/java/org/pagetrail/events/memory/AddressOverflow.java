package org.pagetrail.events.memory;

/** Arithmetic on addresses or page numbers left the space they live in. */
public final class AddressOverflow extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  /** The message names the operands. */
  public AddressOverflow(String message) {
    super(message);
  }
}
