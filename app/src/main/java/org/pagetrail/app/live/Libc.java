package org.pagetrail.app.live;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The five calls of the C library that a look at /dev/kvm needs, and the page size. */
@SuppressWarnings("restricted")
final class Libc implements AutoCloseable {
  /** PROT_NONE. */
  static final int PROT_NONE = 0;

  /** PROT_READ. */
  static final int PROT_READ = 1;

  /** PROT_READ | PROT_WRITE. */
  static final int PROT_READ_WRITE = 3;

  private static final int O_RDWR_CLOEXEC = 0x2 | 0x80000;

  /** MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, the same on x86 and arm64. */
  private static final int MAP_ANONYMOUS = 0x2 | 0x20 | 0x4000;

  private static final int MAP_FIXED_NOREPLACE = 0x100000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
  private static final Linker.Option WITH_ERRNO = Linker.Option.captureCallState("errno");
  private static final Linker.Option TWO_FIXED = Linker.Option.firstVariadicArg(2);

  private static final MethodHandle OPEN =
      call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), WITH_ERRNO, TWO_FIXED);
  private static final MethodHandle IOCTL =
      call(
          "ioctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG),
          WITH_ERRNO,
          TWO_FIXED);
  private static final MethodHandle MMAP =
      call(
          "mmap",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
          WITH_ERRNO);
  private static final MethodHandle MUNMAP =
      call("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG), WITH_ERRNO);
  private static final MethodHandle CLOSE =
      call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), WITH_ERRNO);
  private static final MethodHandle PAGE_SIZE =
      call("getpagesize", FunctionDescriptor.of(JAVA_INT));

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment state = arena.allocate(STATE);

  /**
   * What a call returned.
   *
   * @param value the value; meaningless if the call failed
   * @param errno 0 if it succeeded
   */
  record Answer(long value, int errno) {
    boolean failed() {
      return errno != 0;
    }

    int fd() {
      return Math.toIntExact(value);
    }
  }

  /** Memory that lives until this is closed. */
  MemorySegment allocate(long bytes) {
    return arena.allocate(bytes, Long.BYTES);
  }

  /** Opens a file for reading and writing. */
  Answer open(String path) {
    try {
      return answer((int) OPEN.invokeExact(state, arena.allocateFrom(path), O_RDWR_CLOEXEC));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  Answer ioctl(int fd, long request, long argument) {
    try {
      return answer((int) IOCTL.invokeExact(state, fd, request, argument));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  Answer ioctl(int fd, long request, MemorySegment argument) {
    return ioctl(fd, request, argument.address());
  }

  /** Maps fresh private memory that nothing is set aside for. */
  Answer map(long bytes, int protection) {
    return map(0, bytes, protection, MAP_ANONYMOUS);
  }

  /** The same at this address and nowhere else; EEXIST if something is there. */
  Answer mapAt(long address, long bytes) {
    return map(address, bytes, PROT_NONE, MAP_ANONYMOUS | MAP_FIXED_NOREPLACE);
  }

  private Answer map(long address, long bytes, int protection, int flags) {
    try {
      return answer((long) MMAP.invokeExact(state, address, bytes, protection, flags, -1, 0L));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  Answer unmap(long address, long bytes) {
    try {
      return answer((int) MUNMAP.invokeExact(state, address, bytes));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  Answer close(int fd) {
    try {
      return answer((int) CLOSE.invokeExact(state, fd));
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Bytes of a page of this host. */
  static int pageSize() {
    try {
      return (int) PAGE_SIZE.invokeExact();
    } catch (Throwable e) {
      throw impossible(e);
    }
  }

  /** Frees what calls were given; files and mappings are the caller's. */
  @Override
  public void close() {
    arena.close();
  }

  private Answer answer(long value) {
    return new Answer(value, value == -1 ? (int) ERRNO.get(state, 0L) : 0);
  }

  private static MethodHandle call(String name, FunctionDescriptor type, Linker.Option... options) {
    MemorySegment function =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(() -> new IllegalStateException("the C library has no " + name));
    return LINKER.downcallHandle(function, type, options);
  }

  private static IllegalStateException impossible(Throwable thrown) {
    return new IllegalStateException("a call of the C library was not made", thrown);
  }
}
