package org.pagetrail.kvm.conform;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.HostEvent.Backing;
import org.pagetrail.events.HostEvent.HugeAdvice;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.kvm.KvmCommand;
import org.pagetrail.kvm.KvmCommand.Advice;
import org.pagetrail.kvm.host.Mapping.Details;
import org.pagetrail.kvm.model.Arch;

/** How the recording program makes the memory behind its slot, by the name of the backing. */
public final class Backings {
  private static final List<String> ORDINARY =
      List.of(
          "anon_untouched",
          "anon_untouched_nohuge",
          "anon_untouched_hugeadv",
          "anon_hostread",
          "anon_hostread_hugeadv",
          "anon_written",
          "anon_written_nohuge",
          "anon_written_hugeadv",
          "anon_written_dontneed",
          "anon_written_protread",
          "anon_written_protnone",
          "anon_written_forked",
          "anon_written_ksm",
          "anon_written_zero_ksmzp",
          "anon_written_hwpoison",
          "anon_protread",
          "anon_protread_hostread",
          "anon_protnone",
          "unmapped_vma",
          "shm_untouched",
          "shm_hostread",
          "shm_written",
          "memfd_shared_untouched",
          "memfd_shared_ro_untouched",
          "memfd_shared_written",
          "memfd_private_untouched",
          "memfd_private_written",
          "memfd_sealed",
          "file_shared",
          "file_shared_hole",
          "file_shared_hostread",
          "file_shared_written",
          "file_shared_ro",
          "file_shared_ro_rofd",
          "file_private",
          "file_private_hole",
          "file_private_eof",
          "file_private_hostread",
          "file_private_written",
          "file_private_ro",
          "file_private_ro_rofd",
          "hugetlb_private_untouched",
          "hugetlb_private_hostread",
          "hugetlb_private_written",
          "hugetlb_shared_untouched",
          "hugetlb_shared_written");

  /** Any 2 MiB aligned address does. */
  public static final Hva HVA = new Hva(0x7f0000000000L);

  /** Where the program reads and writes, in bytes from the start of the slot. */
  public static final long OFFSET = 0x3f80;

  private static final ByteSize SIZE = ByteSize.mebibytes(4);
  private static final String PATTERN = "pattern";

  private Backings() {}

  /**
   * The backings that the recorded machines of an architecture had, nearest to a blank page first.
   */
  public static List<String> names(Arch arch) {
    List<String> names = new ArrayList<>(ORDINARY);
    names.addAll(PhysicalBackings.names(arch));
    return names;
  }

  /** The size of the slot. */
  public static ByteSize size(String backing, Arch arch) {
    return isPhysical(backing) ? PhysicalBackings.size(backing, arch) : SIZE;
  }

  private static boolean isPhysical(String backing) {
    return backing.startsWith("devmem_") || backing.startsWith("pcires_");
  }

  /**
   * The commands that make a backing, before the slot is set; null if the program has none such.
   */
  public static @Nullable List<KvmCommand> make(String name, Arch arch, Hva start) {
    HvaRange range = new HvaRange(start, size(name, arch));
    List<KvmCommand> commands = new ArrayList<>();
    if (name.startsWith("anon_") || name.equals("unmapped_vma")) {
      anonymous(name, range, commands);
    } else if (name.startsWith("file_")) {
      file(name, range, commands);
    } else if (name.startsWith("shm_")) {
      commands.add(map(range, Backing.SHARED_ANONYMOUS, Perms.RW, HugeAdvice.NONE, Details.NONE));
    } else if (name.startsWith("memfd_")) {
      memfd(name, range, commands);
    } else if (name.startsWith("hugetlb_")) {
      Backing backing = name.contains("shared") ? Backing.HUGETLB_SHARED : Backing.HUGETLB_PRIVATE;
      commands.add(map(range, backing, Perms.RW, HugeAdvice.NONE, Details.NONE));
    } else if (isPhysical(name)) {
      Perms perms = name.endsWith("_ro") ? Perms.R : Perms.RW;
      Details frames = PhysicalBackings.frames(name, arch);
      commands.add(map(range, Backing.PFNMAP, perms, HugeAdvice.NONE, frames));
    } else {
      return null;
    }
    touch(name, range, commands);
    return commands;
  }

  private static void anonymous(String name, HvaRange range, List<KvmCommand> commands) {
    boolean readOnly = name.equals("anon_protread") || name.equals("anon_protread_hostread");
    commands.add(
        map(
            range,
            Backing.PRIVATE_ANONYMOUS,
            readOnly ? Perms.R : Perms.RW,
            HugeAdvice.NONE,
            Details.NONE));
    if (name.contains("_hugeadv")) {
      commands.add(new KvmCommand.Madvise(range, Advice.HUGEPAGE));
    }
    if (name.contains("_nohuge")) {
      commands.add(new KvmCommand.Madvise(range, Advice.NOHUGEPAGE));
    }
  }

  private static void file(String name, HvaRange range, List<KvmCommand> commands) {
    Details details = Details.file(name.contains("eof") ? PageSize.BASE_BYTES : SIZE.bytes());
    if (name.contains("hole") || name.contains("eof")) {
      details = details.asHole();
    }
    boolean readOnly = name.contains("_ro");
    if (name.contains("rofd")) {
      details = details.asReadOnlyFile();
    }
    Backing backing = name.contains("shared") ? Backing.FILE_SHARED : Backing.FILE_PRIVATE;
    commands.add(map(range, backing, readOnly ? Perms.R : Perms.RW, HugeAdvice.NONE, details));
  }

  private static void memfd(String name, HvaRange range, List<KvmCommand> commands) {
    boolean written = name.contains("written") || name.contains("sealed");
    Details details = Details.file(SIZE.bytes());
    boolean readOnly = name.contains("_ro") || name.contains("sealed");
    boolean isPrivate = name.contains("private") || name.contains("sealed");
    commands.add(
        map(
            range,
            isPrivate ? Backing.MEMFD_PRIVATE : Backing.MEMFD_SHARED,
            readOnly ? Perms.R : Perms.RW,
            HugeAdvice.NONE,
            written ? details : details.asHole()));
  }

  /** What the program does with its memory before it makes the slot. */
  private static void touch(String name, HvaRange range, List<KvmCommand> commands) {
    if (isPhysical(name)) {
      return;
    }
    if (name.contains("hostread")) {
      commands.add(new KvmCommand.HostRead(range.start().plus(OFFSET), 4));
    }
    boolean filledThroughMapping = name.contains("written") && !name.startsWith("memfd_");
    if (filledThroughMapping) {
      commands.add(new KvmCommand.HostLoad(range, PATTERN));
    }
    switch (name) {
      case "anon_written_dontneed" -> commands.add(new KvmCommand.Madvise(range, Advice.DONTNEED));
      case "anon_written_protread" -> commands.add(new KvmCommand.Mprotect(range, Perms.R));
      case "anon_written_protnone", "anon_protnone" ->
          commands.add(new KvmCommand.Mprotect(range, Perms.NONE));
      case "anon_written_forked" -> commands.add(new KvmCommand.Fork(true));
      case "anon_written_ksm" -> commands.add(new KvmCommand.KsmMerge(range, false));
      case "anon_written_zero_ksmzp" -> {
        commands.add(new KvmCommand.HostFill(range, 0));
        commands.add(new KvmCommand.KsmMerge(range, true));
      }
      case "anon_written_hwpoison" ->
          commands.add(new KvmCommand.PoisonPage(range.start().plus(OFFSET)));
      default -> {}
    }
  }

  private static KvmCommand map(
      HvaRange range, Backing backing, Perms perms, HugeAdvice advice, Details details) {
    return new KvmCommand.MapHost(range, backing, perms, advice, "", details);
  }
}
