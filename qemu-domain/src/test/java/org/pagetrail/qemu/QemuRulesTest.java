package org.pagetrail.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.trail.Decision;
import org.pagetrail.qemu.QemuCommand.PowerOn;
import org.pagetrail.qemu.board.BoardSpec;
import org.pagetrail.qemu.board.KvmCapabilities;
import org.pagetrail.qemu.rule.Rule;

class QemuRulesTest {

  @Test
  void everyRuleHasAnIdentityOfItsOwnASentenceAndASource() {
    List<Rule> rules = QemuRules.all();

    assertThat(rules).extracting(Rule::id).doesNotHaveDuplicates().isSorted();
    assertThat(rules).hasSizeGreaterThan(40);
    assertThat(rules)
        .allSatisfy(rule -> {
          assertThat(rule.id()).matches("qemu/[a-z-]+/[a-z0-9-]+");
          assertThat(rule.sentence()).endsWith(".").hasSizeGreaterThan(20);
          assertThat(rule.source()).isNotBlank();
        });
  }

  @ParameterizedTest
  @CsvSource({"virt, 2.1", "virt, 2.2", "virt, 7.2.22", "virt, 10.2", "q35, 2.3", "pc, 9.1"})
  void everyDecisionCitesARuleOfTheBook(String board, String release) {
    Set<String> known =
        QemuRules.all().stream().map(Rule::id).collect(Collectors.toCollection(TreeSet::new));
    QemuDecider decider = new QemuDecider(QemuModel.of(release));
    RandomCommands commands = new RandomCommands(new SplittableRandom(7));
    KvmCapabilities kvm = board.equals("virt") ? KvmCapabilities.ARM64 : KvmCapabilities.X86;
    QemuState state = QemuState.INITIAL;
    Set<String> cited = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      QemuCommand command =
          i == 0
              ? new PowerOn(BoardSpec.of(board, release, ByteSize.mebibytes(64), List.of(), kvm))
              : commands.next();
      for (Decision decision : decider.decide(state, command)) {
        cited.add(decision.rule().rule());
        state = decider.evolve(state, decision.event());
      }
    }

    assertThat(known).containsAll(cited);
    assertThat(cited).hasSizeGreaterThan(8);
  }

  @Test
  void aRuleIsFoundByItsIdentity() {
    assertThat(QemuRules.find("qemu/slot/lowest-free-id")).isPresent();
    assertThat(QemuRules.find("qemu/slot/highest-free-id")).isEmpty();
  }
}
