package org.pagetrail.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.util.List;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.events.trail.Source;

/** Results as JSON: records by their components, addresses as in the trail's text form. */
public final class JsonOutput {
  private static final List<Class<?>> AS_TEXT =
      List.of(
          Gpa.class,
          Hva.class,
          Gfn.class,
          Pfn.class,
          ByteSize.class,
          GpaRange.class,
          HvaRange.class,
          Perms.class,
          SlotFlags.class,
          SlotId.class,
          Source.class);

  private static final JsonMapper JSON = mapper();

  private JsonOutput() {}

  private static JsonMapper mapper() {
    SimpleModule module = new SimpleModule();
    for (Class<?> type : AS_TEXT) {
      module.addSerializer(type, ToStringSerializer.instance);
    }
    return JsonMapper.builder()
        .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .addModule(module)
        .build();
  }

  /** The value as indented JSON, without a line end behind it. */
  public static String of(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(value.getClass() + " cannot be written as JSON", e);
    }
  }
}
