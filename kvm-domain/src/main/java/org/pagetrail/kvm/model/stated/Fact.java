package org.pagetrail.kvm.model.stated;

/** Something that is true or false when a stated predicate is asked, by the word users write. */
public enum Fact {
  PFN_VALID("pfn.valid", "pfn_valid(): to this kernel the frame has a page"),
  PFN_RESERVED("pfn.reserved", "PageReserved(): PG_reserved is set; false without a page"),
  PFN_ZERO("pfn.zero", "is_zero_pfn(): the 4 KiB zero page, never the huge one"),
  PFN_HUGE_ZERO("pfn.huge_zero", "the frame is part of the huge zero page"),
  PFN_ZONE_DEVICE("pfn.zone_device", "the page is of ZONE_DEVICE, such as DAX"),
  PFN_MAP_MEMORY(
      "pfn.map_memory", "pfn_is_map_memory(): memblock knows it as memory that the kernel maps"),
  VMA_PFNMAP("vma.pfnmap", "VM_PFNMAP: the frame was found through a mapping of page frames"),
  VMA_CACHEABLE("vma.cacheable", "the host's own mapping is write-back"),
  VMA_ANY_UNCACHED("vma.any_uncached", "VM_ALLOW_ANY_UNCACHED: the driver allows any such type"),
  VMA_WRITE("vma.write", "VM_WRITE: the monitor may write its mapping"),
  SLOT_READONLY("slot.readonly", "the memslot is read-only"),
  SLOT_LOG("slot.log", "the memslot logs dirty pages"),
  FAULT_WRITE("fault.write", "the kernel takes the access for a write"),
  FAULT_FETCH("fault.fetch", "the access is an instruction fetch"),
  WRITABLE("writable", "the lookup called the frame writable for the guest"),
  CPU_FWB("cpu.fwb", "arm: stage 2 can force write-back (FEAT_S2FWB)"),
  CPU_DIC("cpu.dic", "arm: no instruction cache maintenance is needed (CTR_EL0.DIC)"),
  MMIO("mmio", "what the generic predicate says of the frame (kvm_is_mmio_pfn)"),
  DEVICE("device", "what the kernel itself says: the frame is device memory"),
  DEVICE_WRITE("device.write", "what the kernel itself says: a device mapping may be written"),
  MEMORY_WRITE("memory.write", "what the kernel itself says: a memory mapping may be written"),
  RELEASE("release", "what the kernel itself says: the page reference is dropped");

  private final String word;
  private final String sentence;

  Fact(String word, String sentence) {
    this.word = word;
    this.sentence = sentence;
  }

  /** What expressions call it. */
  public String word() {
    return word;
  }

  /** When it is true. */
  public String sentence() {
    return sentence;
  }
}
