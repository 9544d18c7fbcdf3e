package org.pagetrail.simulation.whatif;

import org.pagetrail.events.KvmEvent.AbortKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;

/** What the handling of one stage 2 fault came to, as recorded or as the model decides it. */
public sealed interface FaultOutcome {
  /**
   * This outcome, an exit as wide as the recorded one to the same address: faults of x86 do not
   * tell the width, which is the instruction's.
   */
  default FaultOutcome asWideAs(FaultOutcome recorded) {
    return this instanceof Mmio is
            && recorded instanceof Mmio was
            && was.write() == is.write()
            && was.gpa().equals(is.gpa())
        ? was
        : this;
  }

  /** An entry was installed, or the attempt failed with a negative errno. */
  record Mapped(Gpa gpa, ByteSize size, Perms perms, MemoryType type, int ret)
      implements FaultOutcome {
    @Override
    public String toString() {
      String what = "map " + gpa + " size " + size + " " + perms + " " + type;
      return ret == 0 ? what : what + " ret " + ret;
    }
  }

  /** Permissions were added to a present entry. */
  record Relaxed(Perms added) implements FaultOutcome {
    @Override
    public String toString() {
      return "relax +" + added;
    }
  }

  /** The access was handed on as MMIO. */
  record Mmio(boolean write, int width, Gpa gpa) implements FaultOutcome {
    @Override
    public String toString() {
      return "mmio " + (write ? "write " : "read ") + width + " at " + gpa;
    }
  }

  /** The access flag was set, nothing else. */
  record Aged() implements FaultOutcome {
    @Override
    public String toString() {
      return "access flag set";
    }
  }

  /** The guest took an abort. */
  record Injected(AbortKind kind) implements FaultOutcome {
    @Override
    public String toString() {
      return "inject " + kind + " abort";
    }
  }

  /** KVM_RUN failed. */
  record Failed(int errno) implements FaultOutcome {
    @Override
    public String toString() {
      return "KVM_RUN fails with errno " + errno;
    }
  }

  /** The guest was resumed with nothing changed; it faults again. */
  record Retry() implements FaultOutcome {
    @Override
    public String toString() {
      return "retry";
    }
  }

  /** There is no fault: stage 2 allows the access. */
  record Direct() implements FaultOutcome {
    @Override
    public String toString() {
      return "no fault, memory answers";
    }
  }

  /** Nothing is known: the recording stops here, or the model says it does not know. */
  record Unknown(String why) implements FaultOutcome {
    @Override
    public String toString() {
      return "unknown: " + why;
    }
  }
}
