package org.pagetrail.traceimport.tracedat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pagetrail.traceimport.ImportedEvents.events;
import static org.pagetrail.traceimport.tracedat.TraceDatFile.event;
import static org.pagetrail.traceimport.tracedat.TraceDatFile.page;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.KvmEvent.MemslotSet;
import org.pagetrail.events.KvmEvent.Stage2Mapped;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.traceimport.CaptureImporter;
import org.pagetrail.traceimport.Import;
import org.pagetrail.traceimport.ImportOptions;

/**
 * Probes in a file of trace-cmd, by the formats that the kernel makes for them: the address of the
 * probe as a field of its own, then the arguments in the order and the width of their definition.
 */
class KprobesOfTraceDatTest {
  private static final int MAP = 700;
  private static final int MAP_RETURN = 701;
  private static final int MEMSLOT = 702;
  private static final long IP = 0xffff800010056e40L;

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"six", "none", "zlib", "zstd"})
  void callsOfProbesAndTheirReturnsSayWhatTheySayAsText(String form) throws IOException {
    TraceDatFile file = file();
    Import recorded = imported("trace.dat", form.equals("six") ? file.six() : file.seven(form));
    Import printed =
        imported(
            "trace.txt",
            """
             q-7 [000] 0.000001000: memslot: (ffff800010056e40) slot=3 flags=0x2 gpa=0x4000000 size=0x1000 ua=0xffff8fe00000
             q-7 [000] 0.000001010: s2map: (ffff800010056e40) ipa=0x4000000 size=0x1000 phys=0x40a87000 prot=0x4
             q-7 [000] 0.000001020: s2map_ret: (ffff800010056e40 <- ffff800010056e40) ret=-12
            """
                .getBytes(StandardCharsets.US_ASCII));

    assertThat(recorded.report().inputs().getFirst().notUnderstood()).isEmpty();
    assertThat(events(recorded, Stage2Mapped.class))
        .isEqualTo(events(printed, Stage2Mapped.class))
        .singleElement()
        .satisfies(mapped -> {
          assertThat(mapped.gpa()).isEqualTo(Gpa.parse("0x4000000"));
          assertThat(mapped.ret()).isEqualTo(-12);
        });
    assertThat(events(recorded, MemslotSet.class))
        .isEqualTo(events(printed, MemslotSet.class))
        .hasSize(1);
  }

  private static TraceDatFile file() {
    return new TraceDatFile()
        .format(
            "s2map",
            MAP,
            ip("__probe_ip", 8)
                + u64("ipa", 16)
                + u64("size", 24)
                + u64("phys", 32)
                + u32("prot", 40),
            "\"(%lx) ipa=0x%Lx size=0x%Lx phys=0x%Lx prot=0x%x\", REC->__probe_ip, REC->ipa,"
                + " REC->size, REC->phys, REC->prot")
        .format(
            "s2map_ret",
            MAP_RETURN,
            ip("__probe_func", 8)
                + ip("__probe_ret_ip", 16)
                + "\tfield:s32 ret;\toffset:24;\tsize:4;\tsigned:1;\n",
            "\"(%lx <- %lx) ret=%d\", REC->__probe_func, REC->__probe_ret_ip, REC->ret")
        .format(
            "memslot",
            MEMSLOT,
            ip("__probe_ip", 8)
                + u32("slot", 16)
                + u32("flags", 20)
                + u64("gpa", 24)
                + u64("size", 32)
                + u64("ua", 40),
            "\"(%lx) slot=%u flags=0x%x gpa=0x%Lx size=0x%Lx ua=0x%Lx\", REC->__probe_ip,"
                + " REC->slot, REC->flags, REC->gpa, REC->size, REC->ua")
        .cpu(
            page(
                1000,
                event(
                    0,
                    data(48, MEMSLOT)
                        .putInt(3)
                        .putInt(2)
                        .putLong(0x4000000)
                        .putLong(0x1000)
                        .putLong(0xffff8fe00000L)
                        .array()),
                event(
                    10,
                    data(44, MAP)
                        .putLong(0x4000000)
                        .putLong(0x1000)
                        .putLong(0x40a87000)
                        .putInt(4)
                        .array()),
                event(10, data(28, MAP_RETURN).putLong(IP).putInt(-12).array())));
  }

  private static ByteBuffer data(int bytes, int format) {
    return ByteBuffer.allocate(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(format)
        .putInt(7)
        .putLong(IP);
  }

  private static String ip(String name, int offset) {
    return "\tfield:unsigned long " + name + ";\toffset:" + offset + ";\tsize:8;\tsigned:0;\n";
  }

  private static String u64(String name, int offset) {
    return "\tfield:u64 " + name + ";\toffset:" + offset + ";\tsize:8;\tsigned:0;\n";
  }

  private static String u32(String name, int offset) {
    return "\tfield:u32 " + name + ";\toffset:" + offset + ";\tsize:4;\tsigned:0;\n";
  }

  private Import imported(String name, byte[] content) throws IOException {
    Path file = Files.write(temp.resolve(name), content);
    return CaptureImporter.importInputs(
        List.of(file), ImportOptions.DEFAULT.withKernel("6.1", List.of()));
  }
}
