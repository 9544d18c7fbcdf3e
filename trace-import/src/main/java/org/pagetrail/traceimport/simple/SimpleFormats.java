package org.pagetrail.traceimport.simple;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the log backend prints the arguments of an event, so that both backends are read by one
 * reader. Where releases differ, the number of arguments tells which format a record has; the
 * newest of the same number stands for all, as only the words between the arguments differ. Where
 * releases put the same number of arguments into another order (data of the flash before 6.0), no
 * format is here, and only a declaration of the event tells.
 */
final class SimpleFormats {
  private static final String OLD_ACCESS = "mr %p addr 0x%lx value 0x%lx size %u";
  private static final String ACCESS = "cpu %d " + OLD_ACCESS;
  private static final String NAMED_ACCESS = ACCESS + " name '%s'";
  private static final String SUBPAGE = "cpu %d mr %p offset 0x%lx value 0x%lx size %u";
  private static final String TRANSLATED = "cpu %d addr 0x%lx value 0x%lx size %u";
  private static final String VIEW = "%p (root %p)";

  private static final Map<String, List<RecordFormat>> FORMATS =
      Stream.of(
              event(
                  "kvm_set_user_memory",
                  "Slot#%d flags=0x%x gpa=0x%lx size=0x%lx ua=0x%lx ret=%d",
                  "AddrSpace#%d Slot#%d flags=0x%x gpa=0x%lx size=0x%lx ua=0x%lx guest_memfd=%d"
                      + " guest_memfd_offset=0x%lx ret=%d"),
              event("kvm_ioctl", "type 0x%x, arg %p"),
              event("kvm_vm_ioctl", "type 0x%x, arg %p"),
              event("kvm_vcpu_ioctl", "cpu_index %d, type 0x%x, arg %p"),
              event("kvm_device_ioctl", "dev fd %d, type 0x%x, arg %p"),
              event("kvm_run_exit", "cpu_index %d, reason %d"),
              event("kvm_run_exit_system_event", "cpu_index %d, system_even_type %u"),
              event("kvm_memory_fault", "start 0x%lx size 0x%lx flags 0x%lx"),
              event("kvm_convert_memory", "start 0x%lx size 0x%lx %s"),
              event("kvm_slots_grow", "%u -> %u"),
              event("kvm_clear_dirty_log", "slot#%d start 0x%lx size 0x%x"),
              event("kvm_dirty_ring_full", "vcpu %d"),
              event("kvm_dirty_ring_reap_vcpu", "vcpu %d"),
              event("kvm_dirty_ring_page", "vcpu %d fetch %u offset 0x%lx"),
              event("kvm_dirty_ring_reap", "reaped %lu pages (took %ld us)"),
              event("global_dirty_changed", "bitmask 0x%x"),
              event("memory_region_sync_dirty", "mr '%s' listener '%s' synced (global=%d)"),
              event("memory_region_ops_read", OLD_ACCESS, ACCESS, NAMED_ACCESS),
              event("memory_region_ops_write", OLD_ACCESS, ACCESS, NAMED_ACCESS),
              event("memory_region_subpage_read", SUBPAGE),
              event("memory_region_subpage_write", SUBPAGE),
              event("memory_region_ram_device_read", ACCESS),
              event("memory_region_ram_device_write", ACCESS),
              event("memory_region_tb_read", TRANSLATED),
              event("memory_region_tb_write", TRANSLATED),
              event("flatview_new", VIEW),
              event("flatview_destroy", VIEW),
              event("flatview_destroy_rcu", VIEW),
              event(
                  "pflash_io_write",
                  "offset:0x%04lx size:%u value:0x%04x wcycle:%u",
                  "offset:0x%04lx width:%d value:0x%0*x wcycle:%u",
                  "%s: offset:0x%04lx size:%u value:0x%04x wcycle:%u"),
              event(
                  "pflash_io_read",
                  "offset:0x%04lx size:%u value:0x%04x cmd:0x%02x wcycle:%u",
                  "offset:0x%04lx width:%d value:0x%0*x cmd:0x%02x wcycle:%u",
                  "%s: offset:0x%04lx size:%u value:0x%04x cmd:0x%02x wcycle:%u"),
              event("pflash_read", "offset:0x%04lx cmd:0x%02x width:%d wcycle:%u"),
              event(
                  "pflash_data_write",
                  "%s: data offset:0x%04lx size:%u value:0x%04x",
                  "%s: data offset:0x%04lx size:%u value:0x%04x counter:0x%016lx"),
              event(
                  "pflash_data_write_block",
                  "%s: data offset:0x%04lx size:%u value:0x%04x counter:0x%016lx"),
              event("pflash_data_read", "%s: data offset:0x%04lx size:%u value:0x%04x"),
              event("pflash_write_block", "%s: block write: bytes:0x%x"),
              event("pflash_write_block_start", "%s: block write start: bytes:0x%x"),
              event("pflash_write_block_flush", "%s: block write flush"),
              event("pflash_write_block_abort", "%s: block write abort"),
              event("pflash_write_block_erase", "%s: block erase offset:0x%lx bytes:0x%lx"),
              event("pflash_read_status", "%s: status:0x%x"),
              event(
                  "pflash_device_info",
                  "Read Device Information offset:0x%04lx",
                  "%s: read device information offset:0x%04lx"),
              event("pflash_device_id", "Read Device ID: 0x%04x", "%s: read device ID: 0x%04x"),
              event(
                  "pflash_manufacturer_id",
                  "Read Manufacturer ID: 0x%04x",
                  "%s: read manufacturer ID: 0x%04x"),
              event("pflash_mode_read_array", "%s: read array mode"),
              event("pflash_postload_cb", "%s: updating bdrv"),
              event("pflash_reset", "reset", "%s: reset"),
              event("pflash_write", "offset:0x%04lx value:0x%03x width:%d wcycle:%u", "%s: %s"),
              event("runstate_set", "new state %d", "current_run_state %d (%s) new_state %d (%s)"),
              event("address_space_map", "as:%p addr 0x%lx:%lx write:%d attrs:0x%x"),
              event("find_ram_offset", "size: 0x%lx @ 0x%lx"),
              event(
                  "find_ram_offset_loop",
                  "trying size: 0x%lx @ 0x%lx, offset: 0x%lx next: 0x%lx mingap: 0x%lx"),
              event("ram_block_discard_range", "%s@%p + 0x%lx: madvise: %d fallocate: %d ret: %d"),
              event("qemu_anon_ram_alloc", "size %lu ptr %p"),
              event("qemu_anon_ram_free", "ptr %p size %lu"),
              event("qemu_ram_alloc_shared", "%s size %lu max_size %lu fd %d host %p"))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private SimpleFormats() {}

  private static Map.Entry<String, List<RecordFormat>> event(String name, String... formats) {
    return Map.entry(name, Stream.of(formats).map(RecordFormat::of).toList());
  }

  /** The formats of an event, none of one that says nothing about memory. */
  static List<RecordFormat> of(String event) {
    return FORMATS.getOrDefault(event, List.of());
  }
}
