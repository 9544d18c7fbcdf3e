package org.pagetrail.traceimport.fuzz;

/** Lines of forms that no sample has: of other releases, and of other options of the tools. */
final class Forms {
  private Forms() {}

  /** The lines for a reader, none where the samples have all forms. */
  static String of(String reader) {
    return switch (reader) {
      case "ftrace" ->
          """
          # entries-in-buffer/entries-written: 65604/98725   #P:2
               q-6318 (   6318) [000] d..2. 46997.299055: kvm_mmio: mmio write len 1 gpa 0x10 val 0x77
          migratio-6318      0d..2. 46997299055us!: kvm_entry: vcpu 0, rip 0xfff0
              java-6318    [000] d..2.            4: kvm_page_fault: address fee00000 error_code 182
              java  6318 46997.299055:          1 kvm:kvm_ack_irq: irqchip IOAPIC pin 3
          6318 [000] K 46997.299055: kvm:kvm_exit: TRAP: HSR_EC: 0x0024 (DABT_LOW), PC: 0x40
          qemu 12 [001] 24.000001: PERF_RECORD_LOST lost 7
          CPU:1 [5 EVENTS DROPPED]
           q-7 [000] 1.000001: s2map: (f+0x0/0x1) ipa=0x0 size=0x1000 phys=0x1000 prot=0x7
           q-7 [000] 1.000002: tracing_mark_write: pflash_write f: block write finished
          """;
      case "strace" ->
          """
          1795394922.163038 ioctl(11<anon_inode:kvm-vcpu:0>, KVM_RUN, 0) = 0 (KVM_EXIT_MMIO) <0.000012>
          [pid 17] 10:11:12.5 munmap(0x7f0000000000, 4096 <unfinished ...>
          [pid 17] 10:11:12.6 <... munmap resumed>) = -1 EINVAL (Invalid argument) <0.1>
          17<qemu>      0.000123 [  16] [00007f779172dd6b] ioctl(8, 0xae80, 0) = 0
           > /usr/lib/libc.so.6(ioctl+0x1b) [0x1ab70]
          18 10:11:12.5 (+     0.000123) mmap(NULL, 8192, 0x3 /* PROT_READ|PROT_WRITE */, 0x22, -1, 0) = 0x1000
          ioctl(4, KVM_SET_USER_MEMORY_REGION, {slot=1, flags=KVM_MEM_READONLY, guest_phys_addr=0, \
          memory_size=4096, userspace_addr=NULL}) = 0
          """;
      case "qemu_log" ->
          """
          pflash_io_write offset:0x0008 width:1 value:0x90 wcycle:0
          7@1.000001:pflash_write_block_erase f: block erase offset:0x0 bytes:0x40000
          7@1.000002:pflash_io_read f: offset:0x0 size:1 value:0x0 cmd:0x90 wcycle:0
          2025-07-24T10:11:12.345678Z kvm_set_user_memory AddrSpace#0 Slot#2 flags=0x0 gpa=0x0 \
          size=0x0 ua=0x7fe1 guest_memfd=-1 guest_memfd_offset=0x0 ret=0
          memory_region_ops_write mr 0x1 addr 0x10 value 0 size 4
          """;
      case "probes" ->
          """
          # event  meaning
          my_map      stage2-map addr=ipa len=size pa=phys
          my_map_end  stage2-map return
          """;
      default -> "\n";
    };
  }
}
