//@ head
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define SLOT_GPA 0x40000000ull
#define CODE_GPA 0x80000000ull
#define CODE_BYTES 65536
#define BLOCK (2ull << 20)
#define PAGE 4096ull
#define DATA 0x3f80ull /* loads and stores: page 3 of the slot */
#define TEXT 0x3e00ull /* calls into the slot */
#define ANSWER 0xa5    /* each byte of what the monitor answers a load with */

static int kvm, vm, vcpu, run_bytes;
static struct kvm_run *run;
static char *code, *slot;
static uint64_t slot_gpa = SLOT_GPA; /* where the slot is */
static uint32_t slot_flags;          /* its flags */
static uint32_t written = 0xc0de0000;
static volatile sig_atomic_t alarms, buses;

static void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(2);
}

static void on_alarm(int signal) {
  (void)signal;
  alarms++;
}

static void on_bus(int signal) {
  (void)signal;
  buses++;
}

/* A line in the kernel's trace, so that a recording of this run says what was done. */
static void mark(const char *format, ...) {
  static int fd = -2;
  char text[128];
  va_list args;
  if (fd == -2) fd = open("/sys/kernel/tracing/trace_marker", O_WRONLY);
  if (fd < 0) return;
  va_start(args, format);
  int length = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  if (write(fd, text, length) < 0) close(fd), fd = -1;
}

/* Flags of the frame behind an address as /proc/kpageflags has them; 0 if none, ~0 if hidden. */
static uint64_t frame_flags(const void *address, uint64_t *entry) {
  static int pagemap = -2, flags = -2;
  uint64_t bits = 0;
  if (pagemap == -2) pagemap = open("/proc/self/pagemap", O_RDONLY);
  if (flags == -2) flags = open("/proc/kpageflags", O_RDONLY);
  *entry = 0;
  if (pagemap < 0 || pread(pagemap, entry, 8, (uintptr_t)address / PAGE * 8) != 8) return ~0ull;
  if (!(*entry >> 63)) return 0;
  uint64_t frame = *entry & ((1ull << 55) - 1);
  if (flags < 0 || !frame) return ~0ull;
  if (pread(flags, &bits, 8, frame * 8) != 8) bits = 1ull << 20; /* no struct page */
  return bits;
}

#define FLAG_ANON 12
#define FLAG_HUGE 17
#define FLAG_HWPOISON 19
#define FLAG_KSM 21
#define FLAG_THP 22
#define FLAG_ZERO_PAGE 24
#define FLAG_RESERVED 32

/* The page behind an address, in the letters of the tables. */
static const char *host_page(const void *address) {
  static char letters[16];
  uint64_t entry, flags = frame_flags(address, &entry);
  char *at = letters;
  if (flags == ~0ull) return "?";
  if (!(entry >> 63)) return ".";
  if (flags >> FLAG_ZERO_PAGE & 1) *at++ = 'Z';
  if (flags >> FLAG_THP & 1) *at++ = 'T';
  if (flags >> FLAG_RESERVED & 1) *at++ = 'R';
  if (flags >> FLAG_HUGE & 1) *at++ = 'h';
  if (flags >> FLAG_ANON & 1) *at++ = 'A';
  if (flags >> FLAG_KSM & 1) *at++ = 'K';
  if (flags >> FLAG_HWPOISON & 1) *at++ = 'P';
  if (entry >> 61 & 1) *at++ = 'f';
  if (at == letters) *at++ = 'n';
  *at = 0;
  return letters;
}

/* What every process on this host finds in fresh memory: 1 if not zeros. */
static int zero_page_is_dirty(void) {
  unsigned char *fresh = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int dirty = 0;
  if (fresh == MAP_FAILED) die("mmap");
  for (unsigned i = 0; i < PAGE; i++) dirty |= fresh[i];
  munmap(fresh, PAGE);
  return dirty != 0;
}

static int set_slot(int id, uint32_t flags, uint64_t gpa, uint64_t bytes, void *memory) {
  struct kvm_userspace_memory_region region = {
      .slot = id, .flags = flags, .guest_phys_addr = gpa, .memory_size = bytes,
      .userspace_addr = (uintptr_t)memory};
  int ret = ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region);
  if (ret == 0 && id == 1 && bytes) {
    slot_gpa = gpa;
    slot_flags = flags;
  }
  return ret;
}

/* A mapping that begins at a multiple of 2 MiB. */
static char *map(size_t bytes, int protection, int flags, int fd, off_t offset) {
  char *room = mmap(NULL, bytes + 2 * BLOCK, PROT_NONE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (room == MAP_FAILED) die("mmap");
  char *start = (char *)(((uintptr_t)room + BLOCK - 1) & ~(BLOCK - 1));
  munmap(room, bytes + 2 * BLOCK);
  char *made = mmap(start, bytes, protection, flags | MAP_FIXED, fd, offset);
  if (made == MAP_FAILED) die("mmap of the backing");
  return made;
}

struct access {
  char exits[17];     /* a letter for each exit that was answered */
  const char *failed; /* how it ended instead */
  char word[32];
  uint32_t value;     /* what a load found, or a store wrote */
};

static void note_exit(struct access *access) {
  size_t length = strlen(access->exits);
  if (length < sizeof access->exits - 1) access->exits[length] = run->mmio.is_write ? 'w' : 'r';
  if (!run->mmio.is_write) memset(run->mmio.data, ANSWER, sizeof run->mmio.data);
}

/* KVM_RUN; 1 if it returned an exit, 0 if it failed and the access is over. */
static int enter(struct access *access) {
  while (ioctl(vcpu, KVM_RUN, 0) < 0) {
    if (errno == EINTR && alarms) {
      access->failed = "hang";
      return 0;
    }
    if ((errno == EINTR || errno == EAGAIN) && buses < 4) continue;
    access->failed = strerrorname_np(errno);
    return 0;
  }
  return 1;
}

/* Ends an instruction whose exit was answered, without running the guest. */
static void finish_exit(void) {
  for (int i = 0; i < 6; i++) {
    run->immediate_exit = 1;
    int ret = ioctl(vcpu, KVM_RUN, 0);
    run->immediate_exit = 0;
    if (ret < 0) break;
  }
}

//@ main
static void print_access(char letter, const struct access *access, const char *address) {
  printf(" %c:", letter);
  if (access->failed)
    printf("%s%s", *access->exits ? "mmio+" : "", access->failed);
  else if (*access->exits)
    printf("mmio%s", access->exits);
  else
    printf("ok");
  if (zero_page_is_dirty()) printf("!ZERO");
  if (buses) printf("!SIGBUS%d", (int)buses);
  printf("[%s|?]", host_page(address));
  if (!access->failed) fprintf(stderr, "%c: the guest says 0x%x\n", letter, access->value);
}

static void print_call(const char *name, int ret) {
  int error = errno;
  printf(" %s", name);
  if (ret < 0) printf("!%s", strerrorname_np(error));
  printf("[%s|?]", host_page(slot + DATA));
}

static void guest_step(char letter, const char *routine, uint64_t offset) {
  struct access access = {0};
  struct itimerval limit = {{0, 0}, {10, 0}}, none = {{0, 0}, {0, 0}};
  alarms = buses = 0;
  setitimer(ITIMER_REAL, &limit, NULL);
  guest(routine, SLOT_GPA + offset, written, &access);
  setitimer(ITIMER_REAL, &none, NULL);
  print_access(letter, &access, slot + offset);
}

int main(int argc, char **argv) {
  struct sigaction alarm = {.sa_handler = on_alarm}, bus = {.sa_handler = on_bus};
  sigaction(SIGALRM, &alarm, NULL);
  sigaction(SIGBUS, &bus, NULL);
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (zero_page_is_dirty()) {
    fprintf(stderr, "the zero page of this host is dirty before the run: reboot it\n");
    return 2;
  }
  kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
  if (kvm < 0) die("/dev/kvm");
  run_bytes = ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
  make_backing(argc, argv);
  code = mmap(NULL, CODE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (code == MAP_FAILED) die("mmap");
  make_machine();
  mark("pagetrail scenario %s", SCENARIO);
  printf("%s %s ::", SCENARIO, OPERATIONS);
  if (set_slot(1, SLOT_FLAGS, SLOT_GPA, SLOT_BYTES, slot) < 0) {
    printf(" memslot failed: %s\n", strerror(errno));
    return 0;
  }
  after_slot();
  for (const char *operation = OPERATIONS; *operation; operation++) {
    int number = operation - OPERATIONS;
    if (number && zero_page_is_dirty()) {
      pid_t child = fork(); /* as the recording program did, to look from outside */
      if (child == 0) _exit(0);
      waitpid(child, NULL, 0);
    }
    mark("pagetrail step %c", *operation);
    fflush(stdout);
    step(*operation, number);
  }
  printf("\n");
  return 0;
}
