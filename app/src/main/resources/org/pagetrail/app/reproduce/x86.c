//@ head
#ifndef __x86_64__
#error "the guest is one of x86: compile and run this on a host of x86-64"
#endif
#define RESULT_PORT 0x510 /* the guest says what it loaded, and that it is done */
#define TRAP_PORT 0x514   /* the guest took an exception */
#define ZEROS_DOOR 0xd0000000ull /* where an executed zero page stores to */
//@ guest-begin
/* The guest: protected mode without paging, %esi the address, %ebx what is stored. */
asm(".pushsection .rodata\n"
    ".balign 16\n"
    ".code32\n"
    "guest_code:\n"
//@ R
    "guest_load: mov (%esi), %ecx; jmp done\n"
//@ W
    "guest_store: mov %ebx, (%esi); mov %ebx, %ecx; jmp done\n"
//@ A
    "guest_exclusive: mov (%esi), %eax; lea 1(%eax), %ecx; lock cmpxchg %ecx, (%esi); jmp done\n"
//@ M
    "guest_atomic: mov %ebx, %ecx; lock xadd %ecx, (%esi); jmp done\n"
//@ L
    "guest_load_pair: movups (%esi), %xmm0; movd %xmm0, %ecx; jmp done\n"
//@ S
    "guest_store_pair: movd %ebx, %xmm0; pshufd $0, %xmm0, %xmm0; movups %xmm0, (%esi)\n"
    "  mov %ebx, %ecx; jmp done\n"
//@ X
    "guest_call: xor %ecx, %ecx; mov $0xd0000000, %eax; call *%esi; jmp done\n"
//@ B
    "guest_string_store: mov %esi, %edi; mov %ebx, %eax; mov $4, %ecx; cld; rep stosl\n"
    "  mov %ebx, %ecx; jmp done\n"
//@ I
    "guest_string_in: mov %esi, %edi; mov $0x520, %edx; mov $1, %ecx; cld; rep insl\n"
    "  xor %ecx, %ecx; jmp done\n"
//@ Q
    "guest_string_out: mov $0x524, %edx; mov $1, %ecx; cld; rep outsl; xor %ecx, %ecx; jmp done\n"
//@ guest-end
    "guest_nothing: mov %ebx, %ecx\n"
    "done: mov %ecx, %eax; mov $0x510, %edx; outl %eax, %dx\n"
    "1: jmp 1b\n"
    "slot_code: mov $0x600d, %ecx; ret; nop; nop\n"
    ".balign 16\n"
    "guest_traps:\n"
    ".set trap, 0\n"
    ".rept 32\n"
    ".balign 16\n"
    "push $trap\n"
    "jmp trapped\n"
    ".set trap, trap + 1\n"
    ".endr\n"
    "trapped: mov (%esp), %eax; mov $0x514, %edx; outl %eax, %dx\n"
    "2: jmp 2b\n"
    "guest_code_end:\n"
    ".code64\n"
    ".popsection\n");
extern const char guest_code[], guest_code_end[], guest_nothing[], guest_traps[], slot_code[];
//@ machine
__attribute__((unused)) static void flush_code(void *from, size_t bytes) {
  (void)from;
  (void)bytes;
}

static void set_segment(struct kvm_segment *segment, int type, int selector) {
  *segment = (struct kvm_segment){.limit = 0xffffffff, .selector = selector, .type = type,
                                  .present = 1, .s = 1, .db = 1, .g = 1};
}

static void run_guest(const char *routine, uint64_t address, uint32_t value,
                      struct access *access) {
  struct kvm_regs regs = {.rsi = address, .rbx = value, .rsp = CODE_GPA + 0x8000, .rflags = 2,
                          .rip = CODE_GPA + (routine - guest_code)};
  struct kvm_vcpu_events events;
  if (ioctl(vcpu, KVM_SET_REGS, &regs) < 0) die("KVM_SET_REGS");
  if (ioctl(vcpu, KVM_GET_VCPU_EVENTS, &events) == 0) {
    events.exception.injected = events.exception.pending = 0;
    events.interrupt.shadow = 0;
    events.flags = 0;
    ioctl(vcpu, KVM_SET_VCPU_EVENTS, &events);
  }
  while (enter(access)) {
    if (run->exit_reason == KVM_EXIT_IO) {
      char *data = (char *)run + run->io.data_offset;
      if (run->io.direction == KVM_EXIT_IO_IN) {
        memset(data, 0x5a, run->io.size * run->io.count);
      } else if (run->io.port == RESULT_PORT) {
        memcpy(&access->value, data, 4);
        return;
      } else if (run->io.port == TRAP_PORT) {
        snprintf(access->word, sizeof access->word, "exc0x%x", *(uint32_t *)data);
        access->failed = access->word;
        return;
      }
    } else if (run->exit_reason == KVM_EXIT_MMIO) {
      if (run->mmio.phys_addr == ZEROS_DOOR) {
        access->failed = "zeros";
        return;
      }
      note_exit(access);
    } else if (run->exit_reason == KVM_EXIT_INTERNAL_ERROR) {
      snprintf(access->word, sizeof access->word, "internal%d", run->internal.suberror);
      access->failed = access->word;
      return;
    } else {
      access->failed = run->exit_reason == KVM_EXIT_SHUTDOWN ? "shutdown" : "exit";
      return;
    }
  }
}

static void guest(const char *routine, uint64_t address, uint32_t value, struct access *access) {
  run_guest(routine, address, value, access);
  finish_exit();
}

static void make_machine(void) {
  static struct {
    struct kvm_cpuid2 head;
    struct kvm_cpuid_entry2 entries[128];
  } cpuid = {.head.nent = 128};
  struct kvm_sregs sregs;
  struct access access = {0};
  memcpy(code, guest_code, guest_code_end - guest_code);
  for (int vector = 0; vector < 32; vector++) {
    uint32_t handler = CODE_GPA + (guest_traps - guest_code) + vector * 16;
    uint32_t *gate = (uint32_t *)(code + 0x4000 + vector * 8);
    gate[0] = 8 << 16 | (handler & 0xffff);
    gate[1] = (handler & 0xffff0000) | 0x8e00;
  }
  uint64_t *descriptors = (uint64_t *)(code + 0x5000);
  descriptors[1] = 0x00cf9b000000ffffull;
  descriptors[2] = 0x00cf93000000ffffull;
  if ((vm = ioctl(kvm, KVM_CREATE_VM, 0)) < 0) die("KVM_CREATE_VM");
  if (set_slot(0, 0, CODE_GPA, CODE_BYTES, code) < 0) die("memslot of the guest's code");
  if ((vcpu = ioctl(vm, KVM_CREATE_VCPU, 0)) < 0) die("KVM_CREATE_VCPU");
  if (ioctl(kvm, KVM_GET_SUPPORTED_CPUID, &cpuid) < 0) die("KVM_GET_SUPPORTED_CPUID");
  if (ioctl(vcpu, KVM_SET_CPUID2, &cpuid) < 0) die("KVM_SET_CPUID2");
  if (ioctl(vcpu, KVM_GET_SREGS, &sregs) < 0) die("KVM_GET_SREGS");
  set_segment(&sregs.cs, 11, 8);
  set_segment(&sregs.ds, 3, 16);
  sregs.es = sregs.fs = sregs.gs = sregs.ss = sregs.ds;
  sregs.cr0 = 0x31;
  sregs.cr4 = 0x600;
  sregs.cr3 = sregs.efer = 0;
  sregs.idt.base = CODE_GPA + 0x4000;
  sregs.idt.limit = 255;
  sregs.gdt.base = CODE_GPA + 0x5000;
  sregs.gdt.limit = 23;
  if (ioctl(vcpu, KVM_SET_SREGS, &sregs) < 0) die("KVM_SET_SREGS");
  run = mmap(NULL, run_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu, 0);
  if (run == MAP_FAILED) die("mmap of the vCPU");
  guest(guest_nothing, 0, written, &access);
  if (access.failed) fprintf(stderr, "the guest does not run: %s\n", access.failed), exit(2);
}
