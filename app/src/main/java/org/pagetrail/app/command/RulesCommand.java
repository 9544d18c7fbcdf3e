package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.KernelOptions;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.app.command.RuleEntry.Layer;
import org.pagetrail.app.text.Columns;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pagetrail rules}: the rule book, the rules of a kernel, or what changed between two. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = {
      "Prints every rule of the model with its layer, source and sentence, and their number; with",
      "--arch, --kernel or --fix those that this kernel is made of; with --diff those that differ",
      "between two releases (exit code 1 if any do)."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail rules",
      "  pagetrail rules --layer qemu",
      "  pagetrail rules --kernel 3.17-rc",
      "  pagetrail rules --arch riscv --kernel 6.12",
      "  pagetrail rules --diff 4.4 5.10",
      "  pagetrail rules --fixes"
    })
public final class RulesCommand implements Callable<Integer> {
  private static final KernelName DEFAULT = new KernelName("arm64", "6.1", List.of());

  @Option(
      names = "--diff",
      arity = "2",
      paramLabel = "RELEASE",
      description = "Two releases: print the rules that differ.")
  private @Nullable List<String> releases;

  @Option(
      names = "--layer",
      paramLabel = "LAYER",
      description = "Only rules of this layer: generic, arch, qemu or guest.")
  private @Nullable String layer;

  @Option(names = "--fixes", description = "Print the fixes that have a name.")
  private boolean fixes;

  @Option(names = "--kernels", description = "Print the releases that have a model.")
  private boolean kernels;

  @Mixin private KernelOptions kernel;
  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  /** Two answers to one question; null where a kernel has none. */
  record Change(String question, @Nullable RuleEntry left, @Nullable RuleEntry right) {}

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    KernelName name = kernel.over(DEFAULT);
    int code = ExitCode.NOTHING;
    if (fixes) {
      printFixes(print);
    } else if (kernels) {
      printKernels(print);
    } else if (releases != null) {
      code = diff(print, name, releases);
    } else if (kernel.isGiven()) {
      KernelModel model = KernelChoice.of(name);
      print(print, inLayer(model.rules().stream().map(RuleEntry::of)), " of " + model);
    } else {
      List<RuleEntry> book = inLayer(RuleEntry.book().stream());
      print(print, book, ": " + counts(book));
    }
    print.flush();
    return code;
  }

  private List<RuleEntry> inLayer(Stream<RuleEntry> entries) {
    if (layer == null) {
      return entries.toList();
    }
    String wanted = layer.toUpperCase(Locale.ROOT);
    if (Arrays.stream(Layer.values()).noneMatch(known -> known.name().equals(wanted))) {
      throw new Trouble(
          "there is no layer \"" + Printable.of(layer) + "\"", "say generic, arch, qemu or guest");
    }
    return entries.filter(entry -> entry.layer().equals(wanted)).toList();
  }

  private void print(PrintWriter print, List<RuleEntry> entries, String what) {
    if (out.isJson()) {
      print.println(JsonOutput.of(entries));
      return;
    }
    String question = "";
    for (RuleEntry entry : entries) {
      if (!entry.question().equals(question)) {
        question = entry.question();
        print.println(question);
      }
      print.print(text(entry, "  "));
    }
    print.println(entries.size() + " rules" + what);
  }

  /** Such as {@code 52 generic, 66 arch}. */
  private static String counts(List<RuleEntry> entries) {
    Map<Layer, Integer> counts = new EnumMap<>(Layer.class);
    entries.forEach(entry -> counts.merge(Layer.valueOf(entry.layer()), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private int diff(PrintWriter print, KernelName name, List<String> between) {
    KernelName left = new KernelName(name.arch(), between.getFirst(), name.fixes());
    KernelName right = new KernelName(name.arch(), between.getLast(), name.fixes());
    List<Change> changes = changes(byQuestion(left), byQuestion(right));
    if (out.isJson()) {
      print.println(JsonOutput.of(changes));
    } else {
      print.println("--- " + left);
      print.println("+++ " + right);
      for (Change change : changes) {
        print.println(change.question());
        print.print(change.left() == null ? "- none\n" : text(change.left(), "- "));
        print.print(change.right() == null ? "+ none\n" : text(change.right(), "+ "));
      }
      print.println(changes.size() + " questions answered otherwise");
    }
    return changes.isEmpty() ? ExitCode.NOTHING : ExitCode.SOMETHING;
  }

  private static List<Change> changes(Map<String, RuleEntry> left, Map<String, RuleEntry> right) {
    Map<String, RuleEntry> questions = new TreeMap<>(left);
    questions.putAll(right);
    List<Change> changes = new ArrayList<>();
    for (String question : questions.keySet()) {
      RuleEntry before = left.get(question);
      RuleEntry after = right.get(question);
      if (before == null || !before.equals(after)) {
        changes.add(new Change(question, before, after));
      }
    }
    return changes;
  }

  private Map<String, RuleEntry> byQuestion(KernelName name) {
    Map<String, RuleEntry> entries = new TreeMap<>();
    for (RuleEntry entry : inLayer(KernelChoice.of(name).rules().stream().map(RuleEntry::of))) {
      entries.put(entry.question(), entry);
    }
    return entries;
  }

  private void printFixes(PrintWriter print) {
    List<RuleEntry> entries = inLayer(Fixes.all().stream().map(RuleEntry::of));
    if (out.isJson()) {
      print.println(JsonOutput.of(entries));
      return;
    }
    for (RuleEntry fix : entries) {
      String letter = Fixes.letterOf(Fixes.named(fix.id()));
      print.println(fix.id() + (letter == null ? "" : " (" + letter + ")"));
      print.print(
          Columns.wrapped(
              fix.sentence() + " [" + fix.layer() + "; " + fix.source() + "]", "  ", "  "));
    }
  }

  private void printKernels(PrintWriter print) {
    Map<String, List<String>> known = new TreeMap<>();
    for (Arch arch : Arch.values()) {
      known.put(arch.word(), Kernels.releases(arch));
    }
    if (out.isJson()) {
      print.println(JsonOutput.of(known));
      return;
    }
    known.forEach((arch, names) ->
        print.print(Columns.wrapped(arch + "  " + String.join(" ", names), "", "  ")));
    print.println("A release between two of these has the rules of the older one.");
  }

  private static String text(RuleEntry entry, String mark) {
    String next = " ".repeat(mark.length() + 2);
    return mark
        + entry.id()
        + " ["
        + entry.layer()
        + "]\n"
        + Columns.wrapped(entry.sentence(), next, next)
        + Columns.wrapped("source: " + entry.source(), next, next);
  }
}
