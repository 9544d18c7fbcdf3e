package org.pagetrail.kvm;

/** Error numbers as user space sees them, positive. */
final class Errno {
  static final int ENOENT = 2;
  static final int EPERM = 1;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EFAULT = 14;
  static final int EEXIST = 17;
  static final int EINVAL = 22;
  static final int ENOSYS = 38;
  static final int EOPNOTSUPP = 95;

  private Errno() {}
}
