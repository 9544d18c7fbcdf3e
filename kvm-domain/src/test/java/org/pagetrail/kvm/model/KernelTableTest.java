package org.pagetrail.kvm.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pagetrail.kvm.Recorded;

/** The rules that every kernel is made of, and what every fix changes, stand in a table. */
class KernelTableTest {

  @Test
  void everyKernelIsMadeOfTheRulesInTheTable() {
    List<String> lines = new ArrayList<>();
    for (List<KernelModel> kernels :
        List.of(ArmKernels.arm64(), ArmKernels.arm(), X86Kernels.all(), PortKernels.all())) {
      lines.addAll(described(kernels));
    }
    Recorded table = new Recorded(KernelTableTest.class, "kernels.txt");
    table.offer(lines);

    assertThat(table.difference(lines)).isEmpty();
  }

  @Test
  void everyFixChangesTheRulesInTheTable() {
    List<String> lines = new ArrayList<>();
    for (Fix fix : KnownFixes.all()) {
      lines.add(fix.name());
      Map<String, List<KernelModel>> kernels = new LinkedHashMap<>();
      allKernels()
          .forEach(kernel ->
              kernels.computeIfAbsent(change(kernel, fix), same -> new ArrayList<>()).add(kernel));
      kernels.forEach((change, where) -> {
        lines.add("  " + Recorded.named(where));
        change.lines().forEach(line -> lines.add("    " + line));
      });
    }
    Recorded table = new Recorded(KernelTableTest.class, "fixes.txt");
    table.offer(lines);

    assertThat(table.difference(lines)).isEmpty();
  }

  private static Stream<KernelModel> allKernels() {
    return Stream.of(
            ArmKernels.arm64().stream(),
            ArmKernels.arm().stream(),
            X86Kernels.all().stream(),
            PortKernels.all().stream())
        .flatMap(kernels -> kernels);
  }

  /** The first of an architecture whole, every later one as what differs from the one before. */
  private static List<String> described(List<KernelModel> kernels) {
    List<String> lines = new ArrayList<>();
    Map<String, String> before = Map.of();
    Arch arch = null;
    for (KernelModel kernel : kernels) {
      before = kernel.arch() == arch ? before : Map.of();
      arch = kernel.arch();
      lines.add(kernel.toString());
      Map<String, String> now = answers(kernel);
      lines.addAll(difference(before, now));
      before = now;
    }
    return lines;
  }

  private static String change(KernelModel kernel, Fix fix) {
    try {
      KernelModel fixed = fix.applyTo(kernel);
      List<String> lines = new ArrayList<>(difference(answers(kernel), answers(fixed)));
      lines.addFirst("called: " + fixed.toString().replace(kernel.toString(), "KERNEL"));
      return String.join("\n", lines);
    } catch (FixRefused refused) {
      return "refused: "
          + String.valueOf(refused.getMessage()).replace(kernel.toString(), "KERNEL");
    }
  }

  private static Map<String, String> answers(KernelModel kernel) {
    Map<String, String> answers = new TreeMap<>();
    kernel
        .rules()
        .forEach(
            rule -> answers.put(((Enum<?>) rule).getDeclaringClass().getSimpleName(), rule.id()));
    return answers;
  }

  private static List<String> difference(Map<String, String> before, Map<String, String> now) {
    List<String> lines = new ArrayList<>();
    before.keySet().stream()
        .filter(question -> !now.containsKey(question))
        .forEach(question -> lines.add("  " + question + ": not asked"));
    now.forEach((question, answer) -> {
      if (!answer.equals(before.get(question))) {
        lines.add("  " + question + ": " + answer);
      }
    });
    return lines;
  }
}
