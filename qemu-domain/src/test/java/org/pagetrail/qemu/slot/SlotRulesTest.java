package org.pagetrail.qemu.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.events.memory.Hva;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.qemu.QemuModel;
import org.pagetrail.qemu.region.Wide;

class SlotRulesTest {
  private static final ByteSize PAGES_4K = ByteSize.PAGE;
  private static final ByteSize PAGES_64K = new ByteSize(0x10000);
  private static final long HVA = 0x7000_0000L;
  private static final SlotFlags RW = SlotFlags.NONE;
  private static final SlotFlags RO = SlotFlags.READ_ONLY;

  @Test
  void aSectionTakesTheLowestFreeSlot() {
    SlotRules rules = rules("7.2");
    SlotTable table = after(SlotTable.EMPTY, rules.add(SlotTable.EMPTY, ram(0, 0x1000), PAGES_4K));
    table = after(table, rules.add(table, ram(0x1000, 0x1000), PAGES_4K));
    table = after(table, rules.add(table, ram(0x2000, 0x1000), PAGES_4K));
    table = after(table, rules.remove(table, ram(0x1000, 0x1000), PAGES_4K));

    assertThat(lines(rules.add(table, ram(0x8000, 0x1000), PAGES_4K)))
        .containsExactly("#1 0x0 0x8000+0x1000 @0x70008000 = 0");
  }

  @Test
  void aSlotIsDeletedOnlyWhereTheRangeIsExactlyItsOwn() {
    SlotRules rules = rules("7.2");
    SlotTable table = after(SlotTable.EMPTY, rules.add(SlotTable.EMPTY, ram(0, 0x4000), PAGES_4K));

    assertThat(rules.remove(table, ram(0, 0x2000), PAGES_4K)).isEmpty();
    assertThat(rules.remove(table, ram(0x1000, 0x3000), PAGES_4K)).isEmpty();
    assertThat(lines(rules.remove(table, ram(0, 0x4000), PAGES_4K)))
        .containsExactly("#0 0x0 0x0+0x0 @0x70000000 = 0");
  }

  @Test
  void aRomDeviceOutsideRomdModeHasNoSlotAndLosesTheOneItHad() {
    SlotRules rules = rules("7.2");
    Section mapped = section(0, 0x4000, true, RO);
    Section trapped = section(0, 0x4000, false, RW);
    SlotTable table = after(SlotTable.EMPTY, rules.add(SlotTable.EMPTY, mapped, PAGES_4K));

    assertThat(rules.add(SlotTable.EMPTY, trapped, PAGES_4K)).isEmpty();
    assertThat(lines(rules.add(table, trapped, PAGES_4K)))
        .containsExactly("#0 0x0 0x0+0x0 @0x70000000 = 0");
  }

  @Test
  void untilTwoTwelveADeletionCarriesTheOldFlags() {
    Section rom = section(0, 0x1000, true, RO);
    for (String release : List.of("2.1", "2.11", "2.12")) {
      SlotRules rules = rules(release);
      SlotTable table = after(SlotTable.EMPTY, rules.add(SlotTable.EMPTY, rom, PAGES_4K));
      assertThat(lines(rules.remove(table, rom, PAGES_4K)))
          .as(release)
          .containsExactly("#0 0x2 0x0+0x0 @0x70000000 = 0");
    }
    SlotRules rules = rules("3.0");
    SlotTable table = after(SlotTable.EMPTY, rules.add(SlotTable.EMPTY, rom, PAGES_4K));
    assertThat(lines(rules.remove(table, rom, PAGES_4K)))
        .containsExactly("#0 0x0 0x0+0x0 @0x70000000 = 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1", "2.10", "2.11", "2.12"})
  void untilTwoTwelveEverySettingOfAReadOnlySlotDeletesFirst(String release) {
    SlotRules rules = rules(release);
    Section rom = section(0, 0x1000, true, RO);

    List<SlotRequest> creation = rules.add(SlotTable.EMPTY, rom, PAGES_4K);
    assertThat(lines(creation))
        .containsExactly("#0 0x2 0x0+0x0 @0x70000000 = -22", "#0 0x2 0x0+0x1000 @0x70000000 = 0");
    assertThat(creation.getFirst().rule())
        .isEqualTo(ReadOnlyDance.BEFORE_EVERY_READ_ONLY_SET.rule());

    SlotTable table = after(SlotTable.EMPTY, creation);
    Section logged = section(0, 0x1000, true, new SlotFlags(3));
    assertThat(lines(rules.updateFlags(table, logged, PAGES_4K)))
        .containsExactly("#0 0x3 0x0+0x0 @0x70000000 = 0", "#0 0x3 0x0+0x1000 @0x70000000 = 0");
  }

  @Test
  void fromThreeZeroOnDirtyLoggingChangesAReadOnlySlotInPlace() {
    SlotRules rules = rules("3.0");
    Section rom = section(0, 0x1000, true, RO);
    SlotTable table = after(SlotTable.EMPTY, rules.add(SlotTable.EMPTY, rom, PAGES_4K));

    assertThat(
            lines(rules.updateFlags(table, section(0, 0x1000, true, new SlotFlags(3)), PAGES_4K)))
        .containsExactly("#0 0x3 0x0+0x1000 @0x70000000 = 0");
  }

  @Test
  void fromThreeZeroOnOnlyAChangeOfReadOnlyDeletesFirst() {
    SlotRules rules = rules("3.0");
    SlotTable table = after(SlotTable.EMPTY, rules.add(SlotTable.EMPTY, ram(0, 0x1000), PAGES_4K));

    assertThat(lines(rules.updateFlags(table, section(0, 0x1000, true, RO), PAGES_4K)))
        .containsExactly("#0 0x2 0x0+0x0 @0x70000000 = 0", "#0 0x2 0x0+0x1000 @0x70000000 = 0");
  }

  @Test
  void flagsThatDoNotChangeAreNotSetAgain() {
    SlotRules rules = rules("7.2");
    SlotTable table = after(SlotTable.EMPTY, rules.add(SlotTable.EMPTY, ram(0, 0x1000), PAGES_4K));

    assertThat(rules.updateFlags(table, ram(0, 0x1000), PAGES_4K)).isEmpty();
    assertThat(rules.updateFlags(table, section(0x5000, 0x1000, true, RO), PAGES_4K)).isEmpty();
  }

  @Test
  void aSectionIsCutDownToWholePagesOfTheHost() {
    SlotRules rules = rules("7.2");

    assertThat(lines(rules.add(SlotTable.EMPTY, ram(0x1800, 0x3000), PAGES_4K)))
        .containsExactly("#0 0x0 0x2000+0x2000 @0x70002000 = 0");
    assertThat(lines(rules.add(SlotTable.EMPTY, ram(0x1000, 0x2_0000), PAGES_64K)))
        .containsExactly("#0 0x0 0x10000+0x10000 @0x70010000 = 0");
    assertThat(rules.add(SlotTable.EMPTY, ram(0x1800, 0x1000), PAGES_4K)).isEmpty();
    assertThat(rules.add(SlotTable.EMPTY, ram(0x1800, 0x400), PAGES_4K)).isEmpty();
  }

  @Test
  void untilTwoFourPagesAreThoseOfTheTarget() {
    assertThat(lines(rules("2.4").add(SlotTable.EMPTY, ram(0x1000, 0x2_0000), PAGES_64K)))
        .containsExactly("#0 0x0 0x1000+0x20000 @0x70001000 = 0");
  }

  @Test
  void inTwoOneTheStartMovesByWhatTheSizeLacks() {
    SlotRules rules = rules("2.1");

    assertThat(lines(rules.add(SlotTable.EMPTY, ram(0x1000, 0x3000), PAGES_4K)))
        .containsExactly("#0 0x0 0x1000+0x3000 @0x70001000 = 0");
    assertThat(rules.add(SlotTable.EMPTY, ram(0x1800, 0x3000), PAGES_4K))
        .as("not page aligned")
        .isEmpty();
    assertThat(lines(rules.add(SlotTable.EMPTY, ram(0x1800, 0x2800), PAGES_4K)))
        .containsExactly("#0 0x0 0x2000+0x2000 @0x70002000 = 0");
  }

  @Test
  void aSectionLargerThanASlotTakesSeveral() {
    SlotRules whole = rules("7.2");
    SlotRules rules =
        new SlotRules(
            whole.alignment(),
            whole.placement(),
            whole.dance(),
            whole.deleteFlags(),
            new ByteSize(0x4000));
    Section section = ram(0x10000, 0x9000);

    List<SlotRequest> added = rules.add(SlotTable.EMPTY, section, PAGES_4K);
    assertThat(lines(added))
        .containsExactly(
            "#0 0x0 0x10000+0x4000 @0x70010000 = 0",
            "#1 0x0 0x14000+0x4000 @0x70014000 = 0",
            "#2 0x0 0x18000+0x1000 @0x70018000 = 0");

    SlotTable table = after(SlotTable.EMPTY, added);
    assertThat(rules.remove(table, section, PAGES_4K)).hasSize(3);
    assertThat(rules.updateFlags(table, section(0x10000, 0x9000, true, new SlotFlags(1)), PAGES_4K))
        .hasSize(3);
  }

  @Test
  void untilTwoTenASectionInsideASlotOfTheSameMemoryOnlyChangesFlags() {
    SlotRules rules = rules("2.10");
    SlotTable table = after(SlotTable.EMPTY, rules.add(SlotTable.EMPTY, ram(0, 0x8000), PAGES_4K));

    assertThat(rules.add(table, ram(0x2000, 0x1000), PAGES_4K)).isEmpty();
    assertThat(lines(rules.add(table, section(0x2000, 0x1000, true, new SlotFlags(1)), PAGES_4K)))
        .containsExactly("#0 0x1 0x0+0x8000 @0x70000000 = 0");
  }

  @Test
  void untilTwoTenAHoleSplitsASlotWithTheFlagsOfTheSection() {
    SlotRules rules = rules("2.10");
    SlotTable table = after(SlotTable.EMPTY, rules.add(SlotTable.EMPTY, ram(0, 0x8000), PAGES_4K));

    assertThat(
            lines(rules.remove(table, section(0x2000, 0x1000, true, new SlotFlags(1)), PAGES_4K)))
        .containsExactly(
            "#0 0x0 0x0+0x0 @0x70000000 = 0",
            "#0 0x1 0x0+0x2000 @0x70000000 = 0",
            "#1 0x1 0x3000+0x5000 @0x70003000 = 0");
  }

  @Test
  void untilTwoTenASectionPushesAsideWhatItOverlapsLowestFirst() {
    SlotRules rules = rules("2.10");
    SlotTable table =
        after(SlotTable.EMPTY, rules.add(SlotTable.EMPTY, ram(0x4000, 0x4000), PAGES_4K));
    table = after(table, rules.add(table, ram(0, 0x4000), PAGES_4K));
    Section other =
        new Section(
            Wide.ofUnsigned(0x2000), Wide.ofUnsigned(0x4000), new Hva(0x9000_0000L), true, RW);

    assertThat(lines(rules.add(table, other, PAGES_4K)))
        .containsExactly(
            "#1 0x0 0x0+0x0 @0x70000000 = 0",
            "#1 0x0 0x0+0x2000 @0x70000000 = 0",
            "#0 0x0 0x4000+0x0 @0x70004000 = 0",
            "#0 0x0 0x6000+0x2000 @0x70006000 = 0",
            "#2 0x0 0x2000+0x4000 @0x90000000 = 0");
  }

  private static SlotRules rules(String release) {
    return QemuModel.of(release).slots();
  }

  private static Section ram(long start, long size) {
    return section(start, size, true, RW);
  }

  private static Section section(long start, long size, boolean mapped, SlotFlags flags) {
    return new Section(
        Wide.ofUnsigned(start), Wide.ofUnsigned(size), new Hva(HVA + start), mapped, flags);
  }

  private static SlotTable after(SlotTable table, List<SlotRequest> requests) {
    SlotTable now = table;
    for (SlotRequest request : requests) {
      now = request.ret() == 0 ? now.after(request.slot()) : now;
    }
    return now;
  }

  private static List<String> lines(List<SlotRequest> requests) {
    return requests.stream()
        .map(request ->
            String.format(
                Locale.ROOT,
                "#%d %s %s+%s @%s = %d",
                request.slot().index(),
                request.slot().flags(),
                request.slot().gpa(),
                request.slot().size(),
                request.slot().hva(),
                request.ret()))
        .toList();
  }
}
