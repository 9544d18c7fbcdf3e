package org.pagetrail.traceimport.ftrace;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.AbortKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.traceimport.capture.KernelCall;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.ProbeMeaning;
import org.pagetrail.traceimport.input.NameTable;
import org.pagetrail.traceimport.input.Numbers;
import org.pagetrail.traceimport.input.TextCursor;

/**
 * The lines of kprobes: {@code (FUNCTION+OFFSET) name=value …} at an entry, {@code (CALLER <-
 * FUNCTION) name=value …} at a return; some recorders leave the place in brackets out.
 */
final class ProbeEvents {
  /** Decimal digits of a number that surely fits. */
  private static final int DIGITS_QUICK = 18;

  private final ProbeNames names;
  private final ProtBits prot = new ProtBits();

  ProbeEvents(ProbeNames names) {
    this.names = names;
  }

  boolean isKnown(String event) {
    return names.entry(event) != null || names.atReturn(event) != null;
  }

  /** How the known probes read, by their names. */
  Map<String, KernelEvents.Arguments> byName() {
    Map<String, KernelEvents.Arguments> probes = new TreeMap<>();
    names.all().forEach(event -> probes.put(event, probe(event)));
    return probes;
  }

  /** What a probe saw, or null if an argument that its meaning needs is missing. */
  private KernelEvents.Arguments probe(String event) {
    ProbeMeaning atReturn = names.atReturn(event);
    if (atReturn != null) {
      Arguments arguments = new Arguments(new NameTable<>(Map.of()));
      return payload -> {
        boolean read = arguments.read(payload);
        return read && arguments.any ? new KernelFact.Returned(atReturn, arguments.first) : null;
      };
    }
    ProbeMeaning entry = Objects.requireNonNull(names.entry(event));
    Arguments arguments = new Arguments(new NameTable<>(names.arguments(event, Name.BY_WORD)));
    return payload -> {
      KernelCall call = arguments.read(payload) ? call(entry, arguments) : null;
      return call == null ? null : new KernelFact.Called(call);
    };
  }

  private @Nullable KernelCall call(ProbeMeaning meaning, Arguments arguments) {
    return switch (meaning) {
      case STAGE2_MAP ->
          arguments.has(Name.IPA, Name.SIZE, Name.PHYS, Name.PROT)
              ? new KernelCall.Stage2Map(
                  new Gpa(arguments.get(Name.IPA)),
                  new ByteSize(arguments.get(Name.SIZE)),
                  new Pfn(arguments.get(Name.PHYS) >>> PageSize.BASE_SHIFT),
                  prot.perms(arguments.get(Name.PROT)),
                  prot.memoryType(arguments.get(Name.PROT)))
              : null;
      case STAGE2_RELAX ->
          arguments.has(Name.IPA, Name.PROT)
              ? new KernelCall.Stage2Relax(
                  new Gpa(arguments.get(Name.IPA)), prot.perms(arguments.get(Name.PROT)))
              : null;
      case STAGE2_UNMAP ->
          arguments.has(Name.IPA, Name.SIZE) ? new KernelCall.Stage2Unmap(arguments.range()) : null;
      case STAGE2_WRITE_PROTECT ->
          arguments.has(Name.IPA, Name.SIZE)
              ? new KernelCall.Stage2WriteProtect(arguments.range())
              : null;
      case STAGE2_MAKE_YOUNG ->
          arguments.has(Name.IPA)
              ? new KernelCall.Stage2MakeYoung(new Gpa(arguments.get(Name.IPA)))
              : null;
      case LOOK_UP_PFN ->
          arguments.has(Name.GFN, Name.WRITE)
              ? new KernelCall.LookUpPfn(
                  new Gfn(arguments.get(Name.GFN)), (arguments.get(Name.WRITE) & 0xff) != 0)
              : null;
      case SET_MEMSLOT -> memslot(arguments);
      case EMULATE_MMIO ->
          arguments.has(Name.IPA)
              ? new KernelCall.EmulateMmio(new Gpa(arguments.get(Name.IPA)))
              : null;
      case INJECT_INSTRUCTION_ABORT ->
          arguments.has(Name.ADDR)
              ? new KernelCall.InjectAbort(AbortKind.INSTRUCTION, arguments.get(Name.ADDR))
              : null;
      case INJECT_DATA_ABORT ->
          arguments.has(Name.ADDR)
              ? new KernelCall.InjectAbort(AbortKind.DATA, arguments.get(Name.ADDR))
              : null;
      case ASK_DEVICE ->
          arguments.has(Name.PFN, Name.WRITABLE)
              ? new KernelCall.AskDevice(
                  new Pfn(arguments.get(Name.PFN)), (arguments.get(Name.WRITABLE) & 0xff) != 0)
              : null;
      case HANDLE_ABORT -> new KernelCall.HandleAbort();
    };
  }

  /** A request to delete means the same whatever host address it names, or none. */
  private static @Nullable KernelCall memslot(Arguments arguments) {
    if (!arguments.has(Name.SLOT, Name.FLAGS, Name.GPA, Name.SIZE)) {
      return null;
    }
    ByteSize size = new ByteSize(arguments.get(Name.SIZE));
    if (!arguments.has(Name.UA) && !size.isZero()) {
      return null;
    }
    return new KernelCall.SetMemslot(
        SlotId.fromIoctl((int) arguments.get(Name.SLOT)),
        new SlotFlags((int) arguments.get(Name.FLAGS)),
        new Gpa(arguments.get(Name.GPA)),
        size,
        new Hva(arguments.has(Name.UA) ? arguments.get(Name.UA) : 0));
  }

  /** The arguments that a meaning may have. */
  private enum Name {
    IPA,
    SIZE,
    PHYS,
    PROT,
    GFN,
    WRITE,
    SLOT,
    FLAGS,
    GPA,
    UA,
    ADDR,
    PFN,
    WRITABLE;

    static final Map<String, Name> BY_WORD = new TreeMap<>();

    static {
      for (Name name : values()) {
        BY_WORD.put(name.name().toLowerCase(Locale.ROOT), name);
      }
    }
  }

  /**
   * The arguments of a probe's line: a place in brackets or none, then {@code name=value}. An
   * argument that is no number is passed over.
   */
  private static final class Arguments {
    private final NameTable<Name> names;
    private final EnumMap<Name, Long> values = new EnumMap<>(Name.class);
    private boolean any;
    private long first;

    Arguments(NameTable<Name> names) {
      this.names = names;
    }

    /** Reads a line; false if it is none of a probe. */
    boolean read(TextCursor in) {
      values.clear();
      any = false;
      if (in.tryText("(")) {
        in.upTo(')').text(")");
      }
      while (in.isOk() && !in.isAtEnd()) {
        in.tryText(" ");
        int name = in.mark();
        Name known = in.word().isOk() ? in.known(names, name) : null;
        in.text("=");
        argument(in, known);
      }
      return in.isDone();
    }

    private void argument(TextCursor in, @Nullable Name name) {
      int begin = in.mark();
      long value = number(in);
      if (in.isOk() && (in.isAtEnd() || in.peek() == ' ')) {
        first = any ? first : value;
        any = true;
        if (name != null) {
          values.put(name, value);
        }
      } else {
        in.reset(begin);
        in.token();
      }
    }

    /** Hexadecimal with {@code 0x}, or decimal with a sign or not, in quotes or not. */
    private static long number(TextCursor in) {
      in.tryText("\"");
      long value;
      if (in.peek() == '0' && in.peek(1) == 'x') {
        value = in.hex();
      } else {
        int from = in.mark();
        boolean negative = in.tryText("-");
        value = in.decimal(DIGITS_QUICK);
        if (in.peek() >= '0' && in.peek() <= '9') {
          in.decimal(DIGITS_QUICK);
          value = in.isOk() ? Numbers.any(in.since(from)) : 0;
        } else if (negative) {
          value = -value;
        }
      }
      in.tryText("\"");
      return value;
    }

    boolean has(Name... needed) {
      for (Name name : needed) {
        if (!values.containsKey(name)) {
          return false;
        }
      }
      return true;
    }

    long get(Name name) {
      return Objects.requireNonNull(values.get(name));
    }

    GpaRange range() {
      return new GpaRange(new Gpa(get(Name.IPA)), new ByteSize(get(Name.SIZE)));
    }
  }
}
