package org.pagetrail.app.live;

/** Error numbers as manual pages write them. */
public final class ErrnoName {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EACCES = 13;
  static final int EEXIST = 17;
  static final int ENODEV = 19;

  private ErrnoName() {}

  /** Such as {@code EINVAL}; {@code 0} for success, {@code errno 99} for what KVM does not give. */
  public static String of(int errno) {
    return switch (errno) {
      case 0 -> "0";
      case EPERM -> "EPERM";
      case ENOENT -> "ENOENT";
      case 4 -> "EINTR";
      case 5 -> "EIO";
      case 6 -> "ENXIO";
      case 7 -> "E2BIG";
      case 9 -> "EBADF";
      case 11 -> "EAGAIN";
      case 12 -> "ENOMEM";
      case EACCES -> "EACCES";
      case 14 -> "EFAULT";
      case 16 -> "EBUSY";
      case EEXIST -> "EEXIST";
      case ENODEV -> "ENODEV";
      case 22 -> "EINVAL";
      case 23 -> "ENFILE";
      case 24 -> "EMFILE";
      case 25 -> "ENOTTY";
      case 38 -> "ENOSYS";
      case 95 -> "EOPNOTSUPP";
      default -> "errno " + errno;
    };
  }
}
