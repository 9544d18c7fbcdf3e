//@ R
    case 'R':
      guest_step('R', guest_load, DATA);
      break;
//@ W
    case 'W':
      written++;
      guest_step('W', guest_store, DATA);
      break;
//@ X
    case 'X':
      guest_step('X', guest_call, TEXT);
      break;
//@ A
    case 'A':
      guest_step('A', guest_exclusive, DATA);
      break;
//@ M
    case 'M':
      written++;
      guest_step('M', guest_atomic, DATA);
      break;
//@ L
    case 'L':
      guest_step('L', guest_load_pair, DATA);
      break;
//@ S
    case 'S':
      written++;
      guest_step('S', guest_store_pair, DATA);
      break;
//@ r
    case 'r':
      guest_step('r', guest_load, DATA + PAGE);
      break;
//@ w
    case 'w':
      written++;
      guest_step('w', guest_store, DATA + PAGE);
      break;
//@ I
    case 'I':
      guest_step('I', guest_string_in, DATA);
      break;
//@ Q
    case 'Q':
      guest_step('Q', guest_string_out, DATA);
      break;
//@ B
    case 'B':
      written++;
      guest_step('B', guest_string_store, DATA);
      break;
//@ H
    case 'H': {
      uint32_t found = *(volatile uint32_t *)(slot + DATA);
      print_call("host_read32", 0);
      fprintf(stderr, "H: the host read 0x%x\n", found);
      break;
    }
//@ h
    case 'h':
      *(volatile uint32_t *)(slot + DATA) = 0xbeef0000 + number;
      print_call("host_write32", 0);
      break;
//@ D
    case 'D':
      print_call("madvise_dontneed", madvise(slot, SLOT_BYTES, MADV_DONTNEED));
      break;
//@ C
    case 'C':
      print_call("madvise_populate_write", madvise(slot, SLOT_BYTES, 23 /* POPULATE_WRITE */));
      break;
//@ E
    case 'E':
      if (madvise(slot, SLOT_BYTES, 25 /* COLLAPSE, since 6.1 */) < 0)
        fprintf(stderr, "E: not all was collapsed: %s\n", strerror(errno));
      print_call("thp_collapse", 0);
      break;
//@ s
    case 's': {
      int fd = open("/sys/kernel/debug/split_huge_pages", O_WRONLY);
      if (fd < 0) die("/sys/kernel/debug/split_huge_pages");
      dprintf(fd, "%d,0x%llx,0x%llx", getpid(), (unsigned long long)(uintptr_t)slot,
              (unsigned long long)(uintptr_t)slot + SLOT_BYTES);
      close(fd);
      print_call("thp_split", 0);
      break;
    }
//@ P
    case 'P':
      print_call("mprotect_read", mprotect(slot, SLOT_BYTES, PROT_READ));
      break;
//@ U
    case 'U':
      print_call("mprotect_rw", mprotect(slot, SLOT_BYTES, PROT_READ | PROT_WRITE));
      break;
//@ N
    case 'N':
      print_call("mprotect_none", mprotect(slot, SLOT_BYTES, PROT_NONE));
      break;
//@ y
    case 'y':
      print_call("msync", msync(slot, SLOT_BYTES, MS_SYNC));
      break;
//@ m
    case 'm':
      print_call("munmap", munmap(slot, SLOT_BYTES));
      break;
//@ F
    case 'F':
      if (fork() == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;) pause();
      }
      usleep(20000);
      print_call("fork_child_kept", 0);
      break;
//@ f
    case 'f': {
      pid_t child = fork();
      if (child == 0) _exit(0);
      waitpid(child, NULL, 0);
      print_call("fork_child_exits", 0);
      break;
    }
//@ K
    case 'K':
      merge(0);
      print_call("ksm_merge", 0);
      break;
//@ Z
    case 'Z':
      merge(1);
      print_call("ksm_merge_zero", 0);
      break;
//@ T
    case 'T': {
      int ret = set_slot(1, 0, slot_gpa, 0, slot);
      if (ret == 0) ret = set_slot(1, SLOT_FLAGS, SLOT_GPA, SLOT_BYTES, slot);
      print_call("slot_delete_readd", ret);
      break;
    }
//@ d
    case 'd':
      print_call("slot_delete", set_slot(1, 0, slot_gpa, 0, slot));
      break;
//@ a
    case 'a':
      print_call("slot_add", set_slot(1, SLOT_FLAGS, SLOT_GPA, SLOT_BYTES, slot));
      break;
//@ o
    case 'o': {
      int ret = set_slot(1, 0, slot_gpa, 0, slot);
      if (ret == 0) ret = set_slot(1, KVM_MEM_READONLY, SLOT_GPA, SLOT_BYTES, slot);
      print_call("slot_readd_as_ro", ret);
      break;
    }
//@ O
    case 'O': {
      int ret = set_slot(1, 0, slot_gpa, 0, slot);
      if (ret == 0) ret = set_slot(1, 0, SLOT_GPA, SLOT_BYTES, slot);
      print_call("slot_readd_as_rw", ret);
      break;
    }
//@ c
    case 'c':
      print_call("slot_change_ro_flag_in_place",
                 set_slot(1, SLOT_FLAGS ^ KVM_MEM_READONLY, SLOT_GPA, SLOT_BYTES, slot));
      break;
//@ l
    case 'l':
      print_call("slot_enable_log",
                 set_slot(1, SLOT_FLAGS | KVM_MEM_LOG_DIRTY_PAGES, SLOT_GPA, SLOT_BYTES, slot));
      break;
//@ n
    case 'n':
      print_call("slot_disable_log",
                 set_slot(1, SLOT_FLAGS & ~KVM_MEM_LOG_DIRTY_PAGES, SLOT_GPA, SLOT_BYTES, slot));
      break;
//@ v
    case 'v':
      print_call("slot_move",
                 set_slot(1, slot_flags, slot_gpa == SLOT_GPA ? SLOT_GPA + PAGE : SLOT_GPA,
                          SLOT_BYTES, slot));
      break;
//@ G
    case 'G': {
      static unsigned char bitmap[4096];
      struct kvm_dirty_log log = {.slot = 1, .dirty_bitmap = bitmap};
      int ret = ioctl(vm, KVM_GET_DIRTY_LOG, &log);
      print_call("get_dirty_log", ret);
      fprintf(stderr, "G: page 3 %s, page 4 %s\n", bitmap[0] >> 3 & 1 ? "dirty" : "clean",
              bitmap[0] >> 4 & 1 ? "dirty" : "clean");
      break;
    }
