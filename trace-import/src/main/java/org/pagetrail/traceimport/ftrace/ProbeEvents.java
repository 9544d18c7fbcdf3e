package org.pagetrail.traceimport.ftrace;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.KvmEvent.AbortKind;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Gfn;
import org.pagetrail.events.memory.Gpa;
import org.pagetrail.events.memory.GpaRange;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.MemoryType;
import org.pagetrail.events.memory.PageSize;
import org.pagetrail.events.memory.Perms;
import org.pagetrail.events.memory.Pfn;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.events.memory.SlotId;
import org.pagetrail.traceimport.capture.KernelCall;
import org.pagetrail.traceimport.capture.KernelFact;
import org.pagetrail.traceimport.capture.ProbeMeaning;
import org.pagetrail.traceimport.input.Numbers;

/**
 * The lines of kprobes: {@code (FUNCTION+OFFSET) name=value …} at an entry, {@code (CALLER <-
 * FUNCTION) name=value …} at a return; some recorders leave the place in brackets out.
 */
final class ProbeEvents {
  private static final Pattern PAYLOAD =
      Pattern.compile("(?:\\([^)]*+\\))?+(?<arguments>(?: ?+\\w++=\\S++)*+)\\s*+");
  private static final Pattern ARGUMENT =
      Pattern.compile("(?<name>\\w++)=\"?(?<value>-?\\d{1,20}|0x[0-9a-f]{1,16})\"?(?= |$)");

  /** The bits of {@code enum kvm_pgtable_prot}. */
  private static final int PROT_X = 1;

  private static final int PROT_W = 1 << 1;
  private static final int PROT_R = 1 << 2;
  private static final int PROT_DEVICE = 1 << 3;

  private final ProbeNames names;

  ProbeEvents(ProbeNames names) {
    this.names = names;
  }

  boolean isKnown(String event) {
    return names.entry(event) != null || names.atReturn(event) != null;
  }

  /** What a known probe saw, or null if an argument that its meaning needs is missing. */
  @Nullable KernelFact parse(String event, String payload) {
    Matcher match = PAYLOAD.matcher(payload);
    if (!match.matches()) {
      return null;
    }
    Arguments arguments = arguments(event, match.group("arguments"));
    ProbeMeaning atReturn = names.atReturn(event);
    if (atReturn != null) {
      Long value = arguments.first();
      return value == null ? null : new KernelFact.Returned(atReturn, value);
    }
    ProbeMeaning entry = Objects.requireNonNull(names.entry(event));
    KernelCall call = call(entry, arguments);
    return call == null ? null : new KernelFact.Called(call);
  }

  private Arguments arguments(String event, String text) {
    Map<String, Long> byName = new TreeMap<>();
    Long first = null;
    Matcher match = ARGUMENT.matcher(text);
    while (match.find()) {
      long value = Numbers.any(match.group("value"));
      byName.put(names.field(event, match.group("name")), value);
      first = first == null ? Long.valueOf(value) : first;
    }
    return new Arguments(byName, first);
  }

  private static @Nullable KernelCall call(ProbeMeaning meaning, Arguments arguments) {
    return switch (meaning) {
      case STAGE2_MAP ->
          arguments.has("ipa", "size", "phys", "prot")
              ? new KernelCall.Stage2Map(
                  new Gpa(arguments.get("ipa")),
                  new ByteSize(arguments.get("size")),
                  new Pfn(arguments.get("phys") >>> PageSize.BASE_SHIFT),
                  perms(arguments.get("prot")),
                  memoryType(arguments.get("prot")))
              : null;
      case STAGE2_RELAX ->
          arguments.has("ipa", "prot")
              ? new KernelCall.Stage2Relax(
                  new Gpa(arguments.get("ipa")), perms(arguments.get("prot")))
              : null;
      case STAGE2_UNMAP ->
          arguments.has("ipa", "size") ? new KernelCall.Stage2Unmap(arguments.range()) : null;
      case STAGE2_WRITE_PROTECT ->
          arguments.has("ipa", "size")
              ? new KernelCall.Stage2WriteProtect(arguments.range())
              : null;
      case STAGE2_MAKE_YOUNG ->
          arguments.has("ipa")
              ? new KernelCall.Stage2MakeYoung(new Gpa(arguments.get("ipa")))
              : null;
      case LOOK_UP_PFN ->
          arguments.has("gfn", "write")
              ? new KernelCall.LookUpPfn(
                  new Gfn(arguments.get("gfn")), (arguments.get("write") & 0xff) != 0)
              : null;
      case SET_MEMSLOT -> memslot(arguments);
      case EMULATE_MMIO ->
          arguments.has("ipa") ? new KernelCall.EmulateMmio(new Gpa(arguments.get("ipa"))) : null;
      case INJECT_INSTRUCTION_ABORT ->
          arguments.has("addr")
              ? new KernelCall.InjectAbort(AbortKind.INSTRUCTION, arguments.get("addr"))
              : null;
      case INJECT_DATA_ABORT ->
          arguments.has("addr")
              ? new KernelCall.InjectAbort(AbortKind.DATA, arguments.get("addr"))
              : null;
      case ASK_DEVICE ->
          arguments.has("pfn", "writable")
              ? new KernelCall.AskDevice(
                  new Pfn(arguments.get("pfn")), (arguments.get("writable") & 0xff) != 0)
              : null;
      case HANDLE_ABORT -> new KernelCall.HandleAbort();
    };
  }

  /** A request to delete means the same whatever host address it names, or none. */
  private static @Nullable KernelCall memslot(Arguments arguments) {
    if (!arguments.has("slot", "flags", "gpa", "size")) {
      return null;
    }
    ByteSize size = new ByteSize(arguments.get("size"));
    if (!arguments.has("ua") && !size.isZero()) {
      return null;
    }
    return new KernelCall.SetMemslot(
        SlotId.fromIoctl((int) arguments.get("slot")),
        new SlotFlags((int) arguments.get("flags")),
        new Gpa(arguments.get("gpa")),
        size,
        new Hva(arguments.has("ua") ? arguments.get("ua") : 0));
  }

  private static Perms perms(long prot) {
    return new Perms((prot & PROT_R) != 0, (prot & PROT_W) != 0, (prot & PROT_X) != 0);
  }

  private static MemoryType memoryType(long prot) {
    return (prot & PROT_DEVICE) != 0 ? MemoryType.DEVICE : MemoryType.NORMAL;
  }

  /** A probe's arguments, in their order. */
  private record Arguments(Map<String, Long> byName, @Nullable Long first) {
    boolean has(String... names) {
      for (String name : names) {
        if (!byName.containsKey(name)) {
          return false;
        }
      }
      return true;
    }

    long get(String name) {
      return Objects.requireNonNull(byName.get(name));
    }

    GpaRange range() {
      return new GpaRange(new Gpa(get("ipa")), new ByteSize(get("size")));
    }
  }
}
