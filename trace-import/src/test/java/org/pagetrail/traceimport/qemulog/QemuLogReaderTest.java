package org.pagetrail.traceimport.qemulog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.QemuEvent;
import org.pagetrail.events.QemuEvent.DeviceRead;
import org.pagetrail.events.QemuEvent.DeviceWritten;
import org.pagetrail.events.QemuEvent.FlashArrayMode;
import org.pagetrail.events.QemuEvent.FlashErased;
import org.pagetrail.events.QemuEvent.FlashNoted;
import org.pagetrail.events.QemuEvent.FlashProgrammed;
import org.pagetrail.events.QemuEvent.FlashRead;
import org.pagetrail.events.QemuEvent.FlashReset;
import org.pagetrail.events.QemuEvent.FlashWritten;
import org.pagetrail.events.QemuEvent.FlatViewBuilt;
import org.pagetrail.events.QemuEvent.FlatViewDropped;
import org.pagetrail.events.QemuEvent.MemslotRequested;
import org.pagetrail.events.QemuEvent.QemuNoted;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Source;
import org.pagetrail.traceimport.TextInput;
import org.pagetrail.traceimport.capture.QemuLine;

class QemuLogReaderTest {
  private static final String FLASH = "virt.flash1";

  static List<Arguments> lines() {
    Gpa flash = new Gpa(0x4000008);
    return List.of(
        Arguments.of(
            "kvm_set_user_memory Slot#65538 flags=0x2 gpa=0x0 size=0x4000000 ua=0xffff8bc00000"
                + " ret=-22",
            new MemslotRequested(
                new SlotId(1, 2),
                SlotFlags.READ_ONLY,
                new Gpa(0),
                new ByteSize(0x4000000),
                new Hva(0xffff8bc00000L),
                -22)),
        Arguments.of(
            "kvm_set_user_memory AddrSpace#1 Slot#2 flags=0x0 gpa=0xffc00000 size=0x0"
                + " ua=0x7fe120e00000 guest_memfd=-1 guest_memfd_offset=0x7f00 ret=0",
            new MemslotRequested(
                new SlotId(1, 2),
                SlotFlags.NONE,
                new Gpa(0xffc00000L),
                ByteSize.ZERO,
                new Hva(0x7fe120e00000L),
                0)),
        Arguments.of(
            "memory_region_ops_write cpu 0 mr 0x559f930fd060 addr 0x4000008 value 0x900090 size 4"
                + " name 'virt.flash1'",
            new DeviceWritten(FLASH, flash, 4, 0x900090)),
        Arguments.of(
            "memory_region_ops_read cpu -1 mr 0x559f930fd060 addr 0x4000008 value 0x1 size 4",
            new DeviceRead("region 0x559f930fd060", flash, 4, 1)),
        Arguments.of(
            "memory_region_ops_read mr 0x559f930fd060 addr 0x4000008 value 0 size 4",
            new DeviceRead("region 0x559f930fd060", flash, 4, 0)),
        Arguments.of(
            "memory_region_subpage_write cpu 0 mr 0x5 offset 0x8 value 0xffffffffffffffff size 8",
            new DeviceWritten("region 0x5", new Gpa(8), 8, -1)),
        Arguments.of(
            "flatview_new 0xaaaadcd39870 (root (nil))",
            new FlatViewBuilt("0xaaaadcd39870", "(nil)")),
        Arguments.of(
            "flatview_destroy_rcu 0xa (root 0xb)", new FlatViewDropped("0xa", "0xb", false)),
        Arguments.of("flatview_destroy 0xa (root 0xb)", new FlatViewDropped("0xa", "0xb", true)),
        // 3.0 to 4.0
        Arguments.of(
            "pflash_write offset:0x0008 value:0x090 width:4 wcycle:0",
            new FlashWritten("pflash", 8, 4, 0x90, 0)),
        Arguments.of(
            "pflash_read offset:0x0008 cmd:0x90 width:4 wcycle:0",
            new FlashNoted("pflash", "offset:0x0008 cmd:0x90 width:4 wcycle:0")),
        Arguments.of("reset ", new FlashReset("pflash")),
        // 4.1
        Arguments.of(
            "pflash_io_write offset:0x0008 width:4 value:0x00900090 wcycle:3",
            new FlashWritten("pflash", 8, 4, 0x900090, 3)),
        Arguments.of(
            "pflash_io_read offset:0x0008 width:2 value:0x0080 cmd:0x70 wcycle:1",
            new FlashRead("pflash", 8, 2, 0x80, 0x70, 1)),
        // 4.2 to 5.2
        Arguments.of(
            "pflash_data_write data offset:0x0010 size:4 value:0x0001 counter:0x0000000000000003",
            new FlashProgrammed("pflash", 0x10, 4, 1, false)),
        // 6.0 and later
        Arguments.of(
            "pflash_io_write virt.flash1: offset:0x0008 size:4 value:0x900090 wcycle:0",
            new FlashWritten(FLASH, 8, 4, 0x900090, 0)),
        Arguments.of(
            "pflash_io_read virt.flash1: offset:0x0000 size:4 value:0x800080 cmd:0x70 wcycle:0",
            new FlashRead(FLASH, 0, 4, 0x800080, 0x70, 0)),
        Arguments.of(
            "pflash_write virt.flash1: single byte program (0)",
            new FlashNoted(FLASH, "single byte program (0)")),
        Arguments.of("pflash_read_status virt.flash1: status:0x80", note("status:0x80")),
        Arguments.of(
            "pflash_device_info virt.flash1: read device information offset:0x0008",
            note("read device information offset:0x0008")),
        Arguments.of(
            "pflash_write_block_start virt.flash1: block write start: bytes:0x1f",
            note("block write start: bytes:0x1f")),
        Arguments.of(
            "pflash_write_block_erase virt.flash1: block erase offset:0x40000 bytes:0x40000",
            new FlashErased(FLASH, 0x40000, new ByteSize(0x40000))),
        Arguments.of(
            "pflash_mode_read_array virt.flash1: read array mode", new FlashArrayMode(FLASH)),
        Arguments.of("pflash_reset virt.flash1: reset", new FlashReset(FLASH)),
        // 9.0 and later
        Arguments.of(
            "pflash_data_write virt.flash1: data offset:0x0010 size:4 value:0x0001",
            new FlashProgrammed(FLASH, 0x10, 4, 1, false)),
        Arguments.of(
            "pflash_data_write_block virt.flash1: data offset:0x0010 size:4 value:0x0001"
                + " counter:0x0000000000000003",
            new FlashProgrammed(FLASH, 0x10, 4, 1, true)),
        Arguments.of(
            "kvm_run_exit cpu_index 0, reason 6",
            new QemuNoted("kvm_run_exit", "cpu_index 0, reason 6")),
        Arguments.of("kvm_irqchip_commit_routes ", new QemuNoted("kvm_irqchip_commit_routes", "")));
  }

  private static FlashNoted note(String text) {
    return new FlashNoted(FLASH, text);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void anEventIsUnderstoodWithEveryPrefixThatReleasesPrint(String event, QemuEvent expected) {
    TextInput input = read(event, "74@14.086354:" + event, "2025-07-24T10:11:12.345678Z " + event);

    assertThat(input.capture.qemuLog("qemu.log"))
        .extracting(QemuLine::event)
        .containsExactly(expected, expected, expected);
    assertThat(input.lines.misunderstood().byKind()).isEmpty();
  }

  @Test
  void theThreadTheTimeAndTheSourceComeFromThePrefix() {
    TextInput input =
        read(
            "pflash_reset virt.flash0: reset",
            "74@14.086354:pflash_reset virt.flash0: reset",
            "2025-07-24T10:11:12Z pflash_reset virt.flash0: reset");

    assertThat(input.capture.qemuLog("qemu.log"))
        .containsExactly(
            line(new Source("qemu.log", 1, 0), null, -1),
            line(new Source("qemu.log", 2, 32), 14_086_354_000L, 74),
            line(new Source("qemu.log", 3, 77), 1_753_351_872_000_000_000L, -1));
  }

  @Test
  void aTimeBeyond64BitsOfNanosecondsIsNotUnderstood() {
    TextInput input = read("74@9999999999.086354:pflash_write virt.flash0: reset");

    assertThat(input.capture.qemuLog("qemu.log")).isEmpty();
    assertThat(input.lines.misunderstood().byKind()).containsKey("number out of range");
  }

  private static QemuLine line(Source source, @Nullable Long time, int thread) {
    return new QemuLine(source, time, thread, -1, false, new FlashReset("virt.flash0"));
  }

  @Test
  void whatTheDeviceSaysBeforeTheReadItAnswersIsMarked() {
    TextInput input =
        read(
            "pflash_read_status virt.flash1: status:0x80",
            "pflash_io_read virt.flash1: offset:0x0 size:4 value:0x80 cmd:0x70 wcycle:0",
            "memory_region_ops_read cpu 0 mr 0x5 addr 0x8 value 0x80 size 4",
            "pflash_mode_read_array virt.flash1: read array mode");

    assertThat(input.capture.qemuLog("qemu.log"))
        .extracting(QemuLine::opensRead)
        .containsExactly(true, true, false, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "74@14.086354:flatview_new|flatview_new with other arguments",
        "74@14.086354:pflash_io_write virt.flash1: offset:0x8|pflash_io_write with other arguments",
        "74@14.086354:brand_new_event x|brand_new_event",
        "qemu-system-aarch64: terminating on signal 15 from pid 7|text",
        "2025-07-24T10:11:12Z qemu-system-aarch64: terminating on signal 15|text",
        "'   '|blank line",
        "74@14.086354:kvm_set_user_memory Slot#4294967295 flags=0x0 gpa=0x0"
            + " size=0xffffffffffffffff ua=0x0 ret=0|number out of range",
        "74@14.086354:memory_region_ops_read cpu 0 mr 0x5 addr 0x8 value 0x80 siz"
            + "|memory_region_ops_read with other arguments",
        "\u001b[2J|text"
      })
  void whatIsNotUnderstoodIsCountedByKind(String line, String kind) {
    TextInput input = read(line);

    assertThat(input.capture.qemuLog("qemu.log")).isEmpty();
    assertThat(input.lines.misunderstood().byKind()).containsOnlyKeys(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "74@14.086354:flatview_new 0xa (root 0xb)",
        "pflash_reset virt.flash0: reset",
        "2025-07-24T10:11:12Z kvm_run_exit cpu_index 0, reason 6",
        // -trace '*': an event that nobody knows, and without times the first hundreds of lines
        "754@1795442143.749015:lockcnt_new_event lockcnt 0x55d07a292984",
        "object_class_dynamic_cast_assert x86_64-cpu->cpu (../qom/object.c:936)",
        "qemu_mutex_unlock released mutex 0x55d04413e8a0 (./include/qemu/thread.h:128)"
      })
  void aLogIsRecognisedByAnyOfItsLines(String line) {
    assertThat(new QemuLogReader().recognises("x", List.of("warning: text first", line))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UEFI firmware", "reset button", "{\"mono\":1}", "", "always madvise [never]"})
  void otherTextIsNoLog(String line) {
    assertThat(new QemuLogReader().recognises("x", List.of(line))).isFalse();
  }

  private static TextInput read(String... lines) {
    return TextInput.read(new QemuLogReader(), "qemu.log", lines);
  }
}
