package org.pagetrail.store.packed;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.Event;
import org.pagetrail.events.Standing;
import org.pagetrail.events.trail.Citation;
import org.pagetrail.events.trail.Input;
import org.pagetrail.events.trail.Source;
import org.pagetrail.events.trail.TrailEntry;

/**
 * Everything of an entry but its event, packed one after the other: a byte of flags, then what they
 * announce, each number as its distance from the one before.
 */
final class Envelopes {
  private static final int STANDING_MASK = 3;
  private static final int TIME = 1 << 2;
  private static final int RULE = 1 << 3;
  private static final int SOURCE = 1 << 4;
  private static final int CAUSES_SHIFT = 5;
  private static final int CAUSES_MANY = 7;

  private static final Standing[] STANDINGS = {
    Standing.OBSERVED, Standing.DERIVED, Standing.ASSUMED, Standing.UNKNOWN
  };

  private long time;
  private long line;
  private long offset;
  private @Nullable String input;
  private int inputId;

  /** Starts over, at the beginning of a block. */
  void reset() {
    time = 0;
    line = 0;
    offset = 0;
    input = null;
  }

  /** Appends the envelope of an entry. */
  void write(TrailEntry entry, Bytes to, Tables tables) {
    Long when = entry.timeNanos();
    Citation rule = entry.rule();
    Source source = entry.source();
    int causes = entry.causes().size();
    int flags = standingCode(entry.standing());
    flags |= when == null ? 0 : TIME;
    flags |= rule == null ? 0 : RULE;
    flags |= source == null ? 0 : SOURCE;
    flags |= Math.min(causes, CAUSES_MANY) << CAUSES_SHIFT;
    to.addByte(flags);
    if (causes >= CAUSES_MANY) {
      to.addVarint(causes);
    }
    for (long cause : entry.causes()) {
      to.addVarint(entry.seq() - cause);
    }
    if (when != null) {
      to.addSigned(when - time);
      time = when;
    }
    if (rule != null) {
      write(rule, to, tables);
    }
    if (source != null) {
      to.addVarint(input(source.input(), tables));
      to.addSigned(source.line() - line);
      to.addSigned(source.byteOffset() - offset);
      line = source.line();
      offset = source.byteOffset();
    }
  }

  /** The string of an input, which is mostly that of the entry before. */
  @SuppressWarnings("ReferenceEquality") // the same string saves the look-up
  private int input(String name, Tables tables) {
    if (name != input) {
      input = name;
      inputId = tables.id(name);
    }
    return inputId;
  }

  private static void write(Citation rule, Bytes to, Tables tables) {
    to.addVarint(tables.id(rule.rule()));
    to.addVarint(tables.id(rule.source()));
    to.addVarint(rule.inputs().size());
    for (Input input : rule.inputs()) {
      to.addVarint(tables.id(input.name()));
      to.addVarint(tables.id(input.value()));
    }
  }

  private static int standingCode(Standing standing) {
    return switch (standing) {
      case OBSERVED -> 0;
      case DERIVED -> 1;
      case ASSUMED -> 2;
      case UNKNOWN -> 3;
    };
  }

  /** Reads the next envelope and makes the entry. */
  TrailEntry read(long seq, Event event, ByteCursor from, ColdTables tables) {
    int flags = from.next();
    int standing = flags & STANDING_MASK;
    int few = flags >> CAUSES_SHIFT & CAUSES_MANY;
    int count = few == CAUSES_MANY ? from.count() : few;
    List<Long> causes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      causes.add(seq - from.varint());
    }
    Long when = null;
    if ((flags & TIME) != 0) {
      time += from.signed();
      when = time;
    }
    Citation rule = (flags & RULE) == 0 ? null : citation(from, tables);
    Source source = (flags & SOURCE) == 0 ? null : source(from, tables);
    return entry(seq, when, STANDINGS[standing], event, causes, rule, source);
  }

  private static TrailEntry entry(
      long seq,
      @Nullable Long when,
      Standing standing,
      Event event,
      List<Long> causes,
      @Nullable Citation rule,
      @Nullable Source source) {
    try {
      return new TrailEntry(seq, when, standing, event, causes, rule, source);
    } catch (IllegalArgumentException e) {
      throw new DamagedBlock(String.valueOf(e.getMessage()));
    }
  }

  private static Citation citation(ByteCursor from, ColdTables tables) {
    String rule = tables.text(from.varint());
    String source = tables.text(from.varint());
    int count = from.count();
    List<Input> inputs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String name = tables.text(from.varint());
      inputs.add(new Input(name, tables.text(from.varint())));
    }
    return new Citation(rule, source, inputs);
  }

  private Source source(ByteCursor from, ColdTables tables) {
    String input = tables.text(from.varint());
    line += from.signed();
    offset += from.signed();
    return new Source(input, line, offset);
  }
}
