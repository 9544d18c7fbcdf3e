package org.pagetrail.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagetrail.events.Event;
import org.pagetrail.events.HostEvent.PageKind;
import org.pagetrail.events.KvmEvent.LookupResult;
import org.pagetrail.events.KvmEvent.PfnResolved;
import org.pagetrail.events.QemuEvent.RamBlockAllocated;
import org.pagetrail.events.RunEvent.MarkerSeen;
import org.pagetrail.events.Standing;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.text.TrailTextWriter;
import org.pagetrail.events.trail.TrailEntry;
import org.pagetrail.store.LogEntry;
import org.pagetrail.store.StoreException;
import org.pagetrail.store.packed.RecordLayouts;
import org.pagetrail.store.packed.Schema;
import org.pagetrail.store.packed.Schema.FieldSchema;
import org.pagetrail.store.packed.Schema.Kind;
import org.pagetrail.store.packed.Schema.TypeSchema;

/** Trails that another release wrote are read, or refused in a sentence. */
class OtherReleasesTest {
  private static final Path NAME = Path.of("other.trail");
  private static final int LATER_CODE = 250;
  private static final Gfn GFN = new Gfn(4);
  private static final Hva HVA = new Hva(0x7f0000000000L);
  private static final ByteSize SIZE = new ByteSize(0x1000);

  @TempDir Path folder;

  /** Every event type of its time, in two sessions; the text beside it is what it says. */
  @Test
  void aTrailOfFormat1SaysWhatItAlwaysSaid() throws IOException {
    byte[] file = resource("format1.trail");
    TrailReader reader = new TrailReader(NAME, MemorySegment.ofArray(file));
    reader.requireWhole();
    reader.verify();
    assertThat(reader.run()).isEqualTo("golden");
    assertThat(reader.segments()).isEqualTo(3);

    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (TrailTextWriter writer = new TrailTextWriter(text)) {
      for (Iterator<LogEntry> entries = reader.read(0); entries.hasNext(); ) {
        writer.write(((LogEntry.Recorded) entries.next()).entry());
      }
    }
    assertThat(text.toByteArray()).isEqualTo(resource("format1.jsonl"));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = OtherReleasesTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  @Test
  void whatAnOlderSchemaLacksIsAbsentWhenReadAndRefusedWhenWritten() throws IOException {
    UnsafeDisk disk = disk(OtherReleasesTest::withoutNullableFields);
    LogEntry found =
        event(0, new PfnResolved(GFN, true, LookupResult.FOUND, null, PageKind.ANONYMOUS, null));
    LogEntry block = event(1, new RamBlockAllocated("ram", SIZE, HVA, null));
    try (FileTrailLog log = FileTrailLog.append(NAME, disk, null)) {
      log.append(List.of(found, block));
      assertThatThrownBy(() ->
              log.append(
                  List.of(
                      event(2, new RamBlockAllocated("rom", SIZE, HVA, null)),
                      event(3, new RamBlockAllocated("rom", SIZE, HVA, "/tmp/rom")))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("RamBlockAllocated has no place for the field filePath")
          .hasMessageContaining("pagetrail trail pack");
      log.append(List.of(event(2, new MarkerSeen("next"))));
    }
    TrailReader reader = new TrailReader(NAME, disk.view());
    reader.verify();
    assertThat(reader.read(0))
        .toIterable()
        .containsExactly(found, block, event(2, new MarkerSeen("next")));
  }

  private static Schema withoutNullableFields(Schema schema) {
    List<TypeSchema> types = new ArrayList<>();
    for (TypeSchema type : schema.types()) {
      List<FieldSchema> fields = type.fields().stream().filter(it -> !it.nullable()).toList();
      types.add(new TypeSchema(type.code(), type.name(), fields));
    }
    return new Schema(types);
  }

  @Test
  void aTrailWithoutSomeOfTodaysEventTypesIsReadAndAppendedTo() throws IOException {
    List<TypeSchema> all = RecordLayouts.current().schema().types();
    for (TypeSchema missing : all) {
      if (!missing.name().equals("MarkerSeen")) {
        check(schema -> without(schema, missing.name()));
      }
    }
    check(schema -> new Schema(all.stream().filter(it -> it.name().equals("MarkerSeen")).toList()));
  }

  private static Schema without(Schema schema, String type) {
    return new Schema(schema.types().stream().filter(it -> !it.name().equals(type)).toList());
  }

  private static void check(UnaryOperator<Schema> change) throws IOException {
    UnsafeDisk disk = disk(change);
    for (long seq = 0; seq < 2; seq++) {
      try (FileTrailLog log = FileTrailLog.append(NAME, disk, null)) {
        log.append(List.of(event(seq, new MarkerSeen("m"))));
        assertThat(log.states().page(GFN, seq)).isNotNull();
      }
    }
    TrailReader reader = new TrailReader(NAME, disk.view());
    reader.verify();
    assertThat(reader.isClosed()).isTrue();
    assertThat(reader.size()).isEqualTo(2);
  }

  @Test
  void aTrailWithAnEventTypeOfALaterReleaseIsReadAsLongAsNoEventIsOfIt() throws IOException {
    UnsafeDisk disk = disk(OtherReleasesTest::withALaterType);
    try (FileTrailLog log = FileTrailLog.append(NAME, disk, null)) {
      log.append(List.of(event(0, new MarkerSeen("known"))));
    }
    TrailReader reader = new TrailReader(NAME, disk.view());
    reader.verify();
    assertThat(reader.read(0)).toIterable().containsExactly(event(0, new MarkerSeen("known")));
  }

  @Test
  void anEventOfALaterReleaseIsRefusedByItsName() throws IOException {
    UnsafeDisk disk = disk(OtherReleasesTest::withALaterType);
    byte[] record = {(byte) LATER_CODE, 1, 2, 3, 4, 5, 6, 7, 8};
    byte[] cold = {0, 0, 2};
    long end = disk.size();
    disk.write(
        end, BlockHead.toBytes(BlockHead.Kind.ENTRIES, 0, 1, record, cold, cold.length, 0, 0, end));
    try (FileTrailLog log = FileTrailLog.append(NAME, disk, null)) {
      assertThat(log.size()).isEqualTo(1);
      assertThatThrownBy(() -> log.at(0))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("not readable by this release: this release knows no event Later")
          .hasMessageContaining("use the release that wrote it");
      log.append(List.of(event(1, new MarkerSeen("after"))));
    }
    TrailReader reader = new TrailReader(NAME, disk.view());
    assertThat(reader.isClosed()).isTrue();
    assertThat(reader.at(1)).isEqualTo(event(1, new MarkerSeen("after")));

    Path file = Files.write(folder.resolve("later.trail"), disk.content());
    Path copy = folder.resolve("copy.trail");
    assertThat(TrailRepair.repair(file, copy).wasWhole()).isTrue();
    assertThat(copy).hasSameBinaryContentAs(file);
  }

  private static Schema withALaterType(Schema schema) {
    List<TypeSchema> types = new ArrayList<>(schema.types());
    FieldSchema field = new FieldSchema("number", Kind.LONG, false, null, null);
    types.add(new TypeSchema(LATER_CODE, "Later", List.of(field)));
    return new Schema(types);
  }

  @Test
  void aLaterFormatIsRefusedByItsNumber() {
    byte[] bytes = SmallTrail.BYTES.clone();
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(FileHead.MAGIC.length, 2);
    int end = SmallTrail.headBytes() - Long.BYTES;
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, end);
    file.putLong(end, sum.getValue());

    assertThatThrownBy(() -> new TrailReader(NAME, MemorySegment.ofArray(bytes)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(
            "it has format 2, and this release reads format 1; use the release that wrote it");
  }

  /** An empty trail with another schema. */
  private static UnsafeDisk disk(UnaryOperator<Schema> change) {
    FileHead head = new FileHead("other", change.apply(RecordLayouts.current().schema()));
    ByteBuffer bytes = head.toBytes();
    byte[] content = new byte[bytes.remaining()];
    bytes.get(content);
    return new UnsafeDisk(content);
  }

  private static LogEntry event(long seq, Event event) {
    return new LogEntry.Recorded(
        new TrailEntry(seq, null, Standing.ASSUMED, event, List.of(), null, null));
  }
}
