package org.pagetrail.store.file;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.projections.findings.FoundChange;
import org.pagetrail.projections.machine.MachineBesidesPages;
import org.pagetrail.store.file.BlockMap.Placed;

/**
 * What a checkpoint holds besides pages, as deflated JSON in blocks of their own: what is known of
 * the machine at the end of its segment, and what its segment changed of what is found.
 *
 * <p>The JSON has the components of the records, all of them and no others; that of another release
 * which knows other components is not used.
 */
final class MomentParts {
  /** The number of the block with {@link MachineBesidesPages}. */
  static final int MACHINE = 16;

  /** The number of the block with {@link FoundChange}s. */
  static final int FINDINGS = 17;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private MomentParts() {}

  /**
   * The changes of a segment.
   *
   * @param changes in their order; null if they are not told from here on
   */
  record Changes(@Nullable List<FoundChange> changes) {}

  /** True if a block of a checkpoint has such a part, and no runs of a table. */
  static boolean isOne(Placed block) {
    return block.head().plainB() >= MACHINE;
  }

  static byte[] toBytes(Object part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      JSON.writeValue(out, part);
    } catch (IOException e) {
      throw new IllegalStateException(part.getClass() + " cannot be written as JSON", e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a part.
   *
   * @throws OtherForm if it is none that this release knows
   */
  static <P> P read(byte[] bytes, Class<P> type) throws OtherForm {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return JSON.readValue(in, type);
    } catch (IOException e) {
      throw new OtherForm(e);
    }
  }

  /** A part that another release wrote. */
  static final class OtherForm extends Exception {
    private static final long serialVersionUID = 1L;

    OtherForm(Throwable cause) {
      super(cause);
    }
  }
}
