package org.pagetrail.kvm.model;

/** A fix cannot be put into a kernel. */
public final class FixRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message says which fix, which kernel, and why. */
  public FixRefused(String message) {
    super(message);
  }
}
