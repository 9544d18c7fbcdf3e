//@ head
#ifndef __aarch64__
#error "the guest is one of arm64: compile and run this on such a host"
#endif
#define DOOR 0x0a000000ull /* the guest says what it loaded, and that it is done */
#define TRAP_DOOR (DOOR + 0x100) /* the guest took an exception */
//@ guest-begin
/* The guest: EL1, stage 1 off, x0 the address, w1 what is stored, x9 the door to the monitor. */
asm(".pushsection .rodata\n"
    ".balign 4096\n"
    ".arch_extension lse\n"
    "guest_code:\n"
//@ R
    "guest_load: ldr w2, [x0]; str w2, [x9]; b .\n"
//@ W
    "guest_store: str w1, [x0]; str w1, [x9]; b .\n"
//@ A
    "guest_exclusive: ldxr w2, [x0]; add w2, w2, #1; stxr w3, w2, [x0]; str w2, [x9]; b .\n"
//@ M
    "guest_atomic: ldadd w1, w2, [x0]; str w2, [x9]; b .\n"
//@ L
    "guest_load_pair: ldp x2, x3, [x0]; str w2, [x9]; b .\n"
//@ S
    "guest_store_pair: stp x1, x1, [x0]; str w1, [x9]; b .\n"
//@ X
    "guest_call: mov x2, #0; blr x0; str w2, [x9]; b .\n"
//@ guest-end
    "guest_nothing: str w1, [x9]; b .\n"
    "slot_code: movz w2, #0x600d; ret\n"
    ".balign 0x800\n"
    "guest_traps:\n"
    ".rept 16\n"
    ".balign 0x80\n"
    "mrs x2, esr_el1; str x2, [x9, #0x100]; b .\n"
    ".endr\n"
    "guest_code_end:\n"
    ".popsection\n");
extern const char guest_code[], guest_code_end[], guest_nothing[], guest_traps[], slot_code[];
//@ machine
#define CORE(field) \
  (KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE | KVM_REG_ARM_CORE_REG(field))

__attribute__((unused)) static void flush_code(void *from, size_t bytes) {
  __builtin___clear_cache((char *)from, (char *)from + bytes);
}

static void set_register(uint64_t id, uint64_t value) {
  struct kvm_one_reg one = {.id = id, .addr = (uintptr_t)&value};
  if (ioctl(vcpu, KVM_SET_ONE_REG, &one) < 0) die("KVM_SET_ONE_REG");
}

static void run_guest(const char *routine, uint64_t address, uint32_t value,
                      struct access *access) {
  set_register(CORE(regs.regs[0]), address);
  set_register(CORE(regs.regs[1]), value);
  set_register(CORE(regs.regs[9]), DOOR);
  set_register(CORE(regs.pc), CODE_GPA + (routine - guest_code));
  set_register(CORE(regs.pstate), 0x3c5);
  while (enter(access)) {
    if (run->exit_reason != KVM_EXIT_MMIO) {
      access->failed = "exit";
      return;
    }
    if (run->mmio.phys_addr == DOOR && run->mmio.is_write) {
      memcpy(&access->value, run->mmio.data, 4);
      return;
    }
    if (run->mmio.phys_addr == TRAP_DOOR) {
      uint64_t syndrome;
      memcpy(&syndrome, run->mmio.data, 8);
      snprintf(access->word, sizeof access->word, "exc0x%x", (unsigned)(syndrome >> 26 & 0x3f));
      access->failed = access->word;
      return;
    }
    note_exit(access);
  }
}

static void guest(const char *routine, uint64_t address, uint32_t value, struct access *access) {
  run_guest(routine, address, value, access);
  finish_exit();
}

static void make_machine(void) {
  struct kvm_vcpu_init init = {0};
  struct access access = {0};
  memcpy(code, guest_code, guest_code_end - guest_code);
  flush_code(code, CODE_BYTES);
  if ((vm = ioctl(kvm, KVM_CREATE_VM, 0)) < 0) die("KVM_CREATE_VM");
  if (set_slot(0, 0, CODE_GPA, CODE_BYTES, code) < 0) die("memslot of the guest's code");
  if ((vcpu = ioctl(vm, KVM_CREATE_VCPU, 0)) < 0) die("KVM_CREATE_VCPU");
  if (ioctl(vm, KVM_ARM_PREFERRED_TARGET, &init) < 0) die("KVM_ARM_PREFERRED_TARGET");
  init.features[0] |= 1 << KVM_ARM_VCPU_PSCI_0_2;
  if (ioctl(vcpu, KVM_ARM_VCPU_INIT, &init) < 0) die("KVM_ARM_VCPU_INIT");
  run = mmap(NULL, run_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu, 0);
  if (run == MAP_FAILED) die("mmap of the vCPU");
  set_register(ARM64_SYS_REG(3, 0, 12, 0, 0), CODE_GPA + (guest_traps - guest_code));
  guest(guest_nothing, 0, written, &access);
  if (access.failed) fprintf(stderr, "the guest does not run: %s\n", access.failed), exit(2);
}
