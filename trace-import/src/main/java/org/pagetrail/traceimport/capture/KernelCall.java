package org.pagetrail.traceimport.capture;

import org.pagetrail.events.KvmEvent.AbortKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;

/** A call of a kernel function that a probe saw, with its arguments. */
public sealed interface KernelCall {

  /** The function that was called. */
  ProbeMeaning meaning();

  /** An entry is put into stage 2. */
  record Stage2Map(Gpa gpa, ByteSize size, Pfn pfn, Perms perms, MemoryType memoryType)
      implements KernelCall {
    @Override
    public ProbeMeaning meaning() {
      return ProbeMeaning.STAGE2_MAP;
    }
  }

  /** An entry gets more permissions. */
  record Stage2Relax(Gpa gpa, Perms added) implements KernelCall {
    @Override
    public ProbeMeaning meaning() {
      return ProbeMeaning.STAGE2_RELAX;
    }
  }

  /** Entries are removed. */
  record Stage2Unmap(GpaRange range) implements KernelCall {
    @Override
    public ProbeMeaning meaning() {
      return ProbeMeaning.STAGE2_UNMAP;
    }
  }

  /** Entries lose write permission. */
  record Stage2WriteProtect(GpaRange range) implements KernelCall {
    @Override
    public ProbeMeaning meaning() {
      return ProbeMeaning.STAGE2_WRITE_PROTECT;
    }
  }

  /** The access flag of an entry is set. */
  record Stage2MakeYoung(Gpa gpa) implements KernelCall {
    @Override
    public ProbeMeaning meaning() {
      return ProbeMeaning.STAGE2_MAKE_YOUNG;
    }
  }

  /** A guest frame is looked up. */
  record LookUpPfn(Gfn gfn, boolean write) implements KernelCall {
    @Override
    public ProbeMeaning meaning() {
      return ProbeMeaning.LOOK_UP_PFN;
    }
  }

  /** A memslot is set. */
  record SetMemslot(SlotId slot, SlotFlags flags, Gpa gpa, ByteSize size, Hva hva)
      implements KernelCall {
    @Override
    public ProbeMeaning meaning() {
      return ProbeMeaning.SET_MEMSLOT;
    }
  }

  /** An access that memory does not answer is emulated. */
  record EmulateMmio(Gpa gpa) implements KernelCall {
    @Override
    public ProbeMeaning meaning() {
      return ProbeMeaning.EMULATE_MMIO;
    }
  }

  /** The guest is made to take an abort. */
  record InjectAbort(AbortKind kind, long address) implements KernelCall {
    @Override
    public ProbeMeaning meaning() {
      return kind == AbortKind.DATA
          ? ProbeMeaning.INJECT_DATA_ABORT
          : ProbeMeaning.INJECT_INSTRUCTION_ABORT;
    }
  }

  /** Is this frame device memory? */
  record AskDevice(Pfn pfn, boolean writable) implements KernelCall {
    @Override
    public ProbeMeaning meaning() {
      return ProbeMeaning.ASK_DEVICE;
    }
  }

  /** The abort handler began. */
  record HandleAbort() implements KernelCall {
    @Override
    public ProbeMeaning meaning() {
      return ProbeMeaning.HANDLE_ABORT;
    }
  }
}
