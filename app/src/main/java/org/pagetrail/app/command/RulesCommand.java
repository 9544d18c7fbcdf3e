package org.pagetrail.app.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagetrail.app.cli.ExitCode;
import org.pagetrail.app.cli.JsonOutput;
import org.pagetrail.app.cli.KernelChoice;
import org.pagetrail.app.cli.KernelName;
import org.pagetrail.app.cli.KernelOptions;
import org.pagetrail.app.cli.OutputOptions;
import org.pagetrail.app.text.Columns;
import org.pagetrail.kvm.model.Fix;
import org.pagetrail.kvm.model.Fixes;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Rule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pagetrail rules}: the rule book of a kernel, or what changed between two. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the rules that a kernel is made of, each with its layer, source and sentence,",
      "or with --diff those that differ between two releases (exit code 1 if any do)."
    },
    footer = {
      "",
      "Examples:",
      "  pagetrail rules --kernel 3.17-rc",
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

  @Option(names = "--fixes", description = "Print the fixes that have a name.")
  private boolean fixes;

  @Mixin private KernelOptions kernel;
  @Mixin private OutputOptions out;
  @Spec private CommandSpec spec;

  /** A rule as printed. */
  record Entry(String question, String id, String layer, String source, String sentence) {
    static Entry of(Rule rule) {
      return new Entry(
          ((Enum<?>) rule).getDeclaringClass().getSimpleName(),
          rule.id(),
          rule.layer().name(),
          rule.text().source(),
          rule.text().sentence());
    }
  }

  /** Two answers to one question; null where a kernel has none. */
  record Change(String question, @Nullable Entry left, @Nullable Entry right) {}

  @Override
  public Integer call() {
    PrintWriter print = spec.commandLine().getOut();
    KernelName name = kernel.over(DEFAULT);
    int code = ExitCode.NOTHING;
    if (fixes) {
      printFixes(print);
    } else if (releases != null) {
      code = diff(print, name, releases);
    } else {
      book(print, KernelChoice.of(name));
    }
    print.flush();
    return code;
  }

  private void book(PrintWriter print, KernelModel model) {
    List<Entry> entries = model.rules().stream().map(Entry::of).toList();
    if (out.isJson()) {
      print.println(JsonOutput.of(entries));
      return;
    }
    for (Entry entry : entries) {
      print.println(entry.question());
      print.print(text(entry, "  "));
    }
    print.println(entries.size() + " rules of " + model);
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

  private static List<Change> changes(Map<String, Entry> left, Map<String, Entry> right) {
    Map<String, Entry> questions = new TreeMap<>(left);
    questions.putAll(right);
    List<Change> changes = new ArrayList<>();
    for (String question : questions.keySet()) {
      Entry before = left.get(question);
      Entry after = right.get(question);
      if (before == null || !before.equals(after)) {
        changes.add(new Change(question, before, after));
      }
    }
    return changes;
  }

  private static Map<String, Entry> byQuestion(KernelName name) {
    Map<String, Entry> entries = new TreeMap<>();
    for (Rule rule : KernelChoice.of(name).rules()) {
      Entry entry = Entry.of(rule);
      entries.put(entry.question(), entry);
    }
    return entries;
  }

  private void printFixes(PrintWriter print) {
    if (out.isJson()) {
      print.println(
          JsonOutput.of(
              Fixes.all().stream()
                  .map(f ->
                      new Entry(f.name(), f.name(), f.layer().name(), f.source(), f.sentence()))
                  .toList()));
      return;
    }
    for (Fix fix : Fixes.all()) {
      print.println(fix.name());
      print.print(
          Columns.wrapped(
              fix.sentence() + " [" + fix.layer() + "; " + fix.source() + "]", "  ", "  "));
    }
  }

  private static String text(Entry entry, String mark) {
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
