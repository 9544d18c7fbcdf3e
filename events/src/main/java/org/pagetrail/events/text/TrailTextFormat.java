package org.pagetrail.events.text;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Set;

/** What the writer and the reader of the text form agree on. */
final class TrailTextFormat {
  /** The version of the format that is written; older ones stay readable. */
  static final int VERSION = 1;

  /** The name of the header's version field, which also tells a trail from any other file. */
  static final String MAGIC = "pagetrail";

  /** The name of the header's field for the name of the run, which may be absent. */
  static final String RUN = "run";

  /** The longest line, without its end, in bytes. */
  static final int LINE_BYTES_MAX = 1 << 20;

  static final String SEQ = "seq";
  static final String TIME = "t";
  static final String LAYER = "layer";
  static final String STANDING = "standing";
  static final String TYPE = "type";
  static final String CAUSES = "causes";
  static final String RULE = "rule";
  static final String SOURCE = "source";

  /** The fields of an entry that are not its event's. */
  static final Set<String> ENVELOPE =
      Set.of(SEQ, TIME, LAYER, STANDING, TYPE, CAUSES, RULE, SOURCE);

  /** Output is ASCII, so that a trail can be shown anywhere; input is judged strictly. */
  static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TrailTextFormat() {}
}
