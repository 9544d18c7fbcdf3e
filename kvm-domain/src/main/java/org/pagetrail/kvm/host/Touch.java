package org.pagetrail.kvm.host;

/** How it ended that somebody touched a page. */
public enum Touch {
  /** The page is there, and the access may go on. */
  DONE,
  /** No mapping, or none that permits the access: SIGSEGV, or EFAULT for the kernel. */
  NOT_PERMITTED,
  /** Behind the end of the file: SIGBUS, or EFAULT for the kernel. */
  BEYOND_END,
  /** The page is poisoned: SIGBUS, or EHWPOISON for the kernel. */
  POISONED
}
