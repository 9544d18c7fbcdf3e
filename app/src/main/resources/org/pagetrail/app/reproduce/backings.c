//@ fill
/* Every page differs, has words where they are read, and code where it is called. */
static void fill(char *memory) {
  for (uint64_t at = 0; at < SLOT_BYTES; at += PAGE) {
    uint32_t page = at / PAGE, head = 0x11110000 + page, data = 0x22220000 + page,
             next = 0x33330000;
    memcpy(memory + at, &head, 4);
    memcpy(memory + at + 0xf80, &data, 4);
    memcpy(memory + at + 0xf84, &next, 4);
    memcpy(memory + at + 0xe00, slot_code, 8);
  }
  flush_code(memory, SLOT_BYTES);
}
//@ file
/* A file without a name; a hole, or filled. */
static int make_file(uint64_t bytes, int filled) {
  char name[] = "./reproducer.XXXXXX";
  int fd = mkstemp(name);
  if (fd < 0 || unlink(name) < 0 || ftruncate(fd, bytes) < 0) die("a file in this folder");
  if (filled) {
    char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED) die("mmap of the file");
    fill(memory);
    msync(memory, bytes, MS_SYNC);
    munmap(memory, bytes);
  }
  return fd;
}
//@ ksm
static void set_ksm(const char *name, const char *value) {
  char path[64];
  snprintf(path, sizeof path, "/sys/kernel/mm/ksm/%s", name);
  FILE *file = fopen(path, "w");
  if (!file || fputs(value, file) < 0 || fclose(file) != 0) die(path);
}

/* Lets KSM merge the slot's pages, into the zero page if asked, and waits up to 10 s for it. */
static void merge(int to_zero_page) {
  set_ksm("use_zero_pages", to_zero_page ? "1" : "0");
  set_ksm("pages_to_scan", "5000");
  set_ksm("sleep_millisecs", "20");
  set_ksm("run", "1");
  if (madvise(slot, SLOT_BYTES, MADV_MERGEABLE) < 0) die("madvise(MADV_MERGEABLE)");
  for (int tries = 0; tries < 100; tries++) {
    uint64_t entry, flags;
    usleep(100000);
    flags = frame_flags(slot + DATA, &entry);
    if (flags != ~0ull && (flags >> FLAG_KSM & 1 || flags >> FLAG_ZERO_PAGE & 1)) break;
  }
  set_ksm("run", "0");
}
