package org.pagetrail.events.text;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;

/** An entry of a trail as a JSON object, its fields in a fixed order. */
final class EntryText {
  private static final FieldValue STANDINGS = FieldValue.constantOf(Standing.class);

  private static final RecordShape CITATION = RecordShape.of(Citation.class);
  private static final RecordShape SOURCE = RecordShape.of(Source.class);

  private EntryText() {}

  /** Writes the fields of an entry into the object that is open. */
  static void write(TrailEntry entry, JsonGenerator json) throws IOException {
    json.writeNumberField(TrailTextFormat.SEQ, entry.seq());
    Long time = entry.timeNanos();
    if (time != null) {
      json.writeNumberField(TrailTextFormat.TIME, time);
    }
    json.writeStringField(TrailTextFormat.LAYER, entry.event().layer().name());
    json.writeStringField(TrailTextFormat.STANDING, entry.standing().name());
    json.writeStringField(TrailTextFormat.TYPE, entry.event().type());
    EventTypes.of(entry.event()).writeFields((Record) entry.event(), json);
    if (!entry.causes().isEmpty()) {
      json.writeArrayFieldStart(TrailTextFormat.CAUSES);
      for (long cause : entry.causes()) {
        json.writeNumber(cause);
      }
      json.writeEndArray();
    }
    Citation rule = entry.rule();
    if (rule != null) {
      json.writeObjectFieldStart(TrailTextFormat.RULE);
      CITATION.writeFields(rule, json);
      json.writeEndObject();
    }
    Source source = entry.source();
    if (source != null) {
      json.writeObjectFieldStart(TrailTextFormat.SOURCE);
      SOURCE.writeFields(source, json);
      json.writeEndObject();
    }
  }

  /** The entry that an object describes, which must be the one at a position. */
  static TrailEntry read(JsonNode object, long expectedSeq) throws BadValue {
    if (!object.isObject()) {
      throw new BadValue("the line is no JSON object");
    }
    long seq = number(object, TrailTextFormat.SEQ);
    if (seq != expectedSeq) {
      throw new BadValue("event " + seq + " stands where event " + expectedSeq + " is due");
    }
    String type = text(object, TrailTextFormat.TYPE);
    RecordShape shape = EventTypes.named(type);
    if (shape == null) {
      throw new BadValue("no event type is named " + type);
    }
    Event event = (Event) shape.read(object, TrailTextFormat.ENVELOPE);
    String layer = text(object, TrailTextFormat.LAYER);
    if (!layer.equals(event.layer().name())) {
      throw new BadValue(type + " belongs to layer " + event.layer() + ", not " + layer);
    }
    Standing standing = (Standing) STANDINGS.read(object.path(TrailTextFormat.STANDING));
    try {
      return new TrailEntry(
          seq,
          object.has(TrailTextFormat.TIME) ? number(object, TrailTextFormat.TIME) : null,
          standing,
          event,
          causes(object),
          (Citation) part(object, TrailTextFormat.RULE, CITATION),
          (Source) part(object, TrailTextFormat.SOURCE, SOURCE));
    } catch (IllegalArgumentException e) {
      throw new BadValue(String.valueOf(e.getMessage()));
    }
  }

  private static List<Long> causes(JsonNode object) throws BadValue {
    List<Long> causes = new ArrayList<>();
    JsonNode array = object.path(TrailTextFormat.CAUSES);
    if (!array.isMissingNode() && !array.isArray()) {
      throw new BadValue("causes is " + array + ": not an array");
    }
    for (JsonNode cause : array) {
      causes.add((Long) new FieldValue.LongNumber().read(cause));
    }
    return causes;
  }

  private static @Nullable Record part(JsonNode object, String field, RecordShape shape)
      throws BadValue {
    JsonNode node = object.get(field);
    return node == null ? null : shape.read(node, Set.of());
  }

  private static long number(JsonNode object, String field) throws BadValue {
    JsonNode node = object.path(field);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new BadValue("the field " + field + " is missing or not a whole number of 64 bits");
    }
    return node.longValue();
  }

  private static String text(JsonNode object, String field) throws BadValue {
    JsonNode node = object.path(field);
    if (!node.isTextual()) {
      throw new BadValue("the field " + field + " is missing or not a string");
    }
    return node.textValue();
  }
}
