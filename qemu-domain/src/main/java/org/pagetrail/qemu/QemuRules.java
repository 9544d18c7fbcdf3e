package org.pagetrail.qemu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pagetrail.qemu.board.Board;
import org.pagetrail.qemu.board.HvaAlignment;
import org.pagetrail.qemu.board.ImageCopy;
import org.pagetrail.qemu.board.Smram;
import org.pagetrail.qemu.board.VirtLayout;
import org.pagetrail.qemu.flash.BufferAbort;
import org.pagetrail.qemu.flash.BufferedWrite;
import org.pagetrail.qemu.flash.ChipSharing;
import org.pagetrail.qemu.flash.FlashReset;
import org.pagetrail.qemu.flash.FlashSizeCheck;
import org.pagetrail.qemu.region.FlatViewSharing;
import org.pagetrail.qemu.rule.Rule;
import org.pagetrail.qemu.slot.DeleteFlags;
import org.pagetrail.qemu.slot.DirtyLogging;
import org.pagetrail.qemu.slot.FlagsRule;
import org.pagetrail.qemu.slot.ListenerTiming;
import org.pagetrail.qemu.slot.LowestFreeIndex;
import org.pagetrail.qemu.slot.ReadOnlyDance;
import org.pagetrail.qemu.slot.SlotAlignment;
import org.pagetrail.qemu.slot.SlotPlacement;

/** Every rule that the model of QEMU knows, of all releases. */
public final class QemuRules {
  private static final String ANY_RELEASE = "10.2";

  private QemuRules() {}

  /** All rules, by identity. */
  public static List<Rule> all() {
    List<Rule> rules =
        new ArrayList<>(
            List.of(
                AccessDispatch.DISPATCH,
                BoardBuilder.PROBE,
                Draft.REFUSES,
                FlagsRule.RULE,
                FlashDriver.COMMANDS,
                HostBridge.BUS_MASTER_RULE,
                HostMemory.GIVEN,
                LowestFreeIndex.RULE,
                QemuDecider.SHOWN,
                RegionEdits.TRANSACTION,
                Reset.SYSTEM,
                SlotErrors.RULE));
    variants().forEach(rules::add);
    for (Board board : QemuModel.of(ANY_RELEASE).boards().values()) {
      rules.add(board.rule());
      Stream.ofNullable(board.chipset()).forEach(chipset -> rules.add(chipset.rule()));
    }
    return rules.stream().distinct().sorted(Comparator.comparing(Rule::id)).toList();
  }

  /** The rule with this identity. */
  public static Optional<Rule> find(String id) {
    return all().stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  private static Stream<Rule> variants() {
    return Stream.of(
            Arrays.stream(FlatViewSharing.values()).map(FlatViewSharing::rule),
            Arrays.stream(ListenerTiming.values()).map(ListenerTiming::rule),
            Arrays.stream(SlotAlignment.values()).map(SlotAlignment::rule),
            Arrays.stream(SlotPlacement.values()).map(SlotPlacement::rule),
            Arrays.stream(ReadOnlyDance.values()).map(ReadOnlyDance::rule),
            Arrays.stream(DeleteFlags.values()).map(DeleteFlags::rule),
            Arrays.stream(DirtyLogging.values()).map(DirtyLogging::rule),
            Arrays.stream(HvaAlignment.values()).map(HvaAlignment::rule),
            Arrays.stream(ImageCopy.values()).map(ImageCopy::rule),
            Arrays.stream(VirtLayout.values()).map(VirtLayout::rule),
            Arrays.stream(Smram.values()).map(Smram::rule),
            Arrays.stream(BufferedWrite.values()).map(BufferedWrite::rule),
            Arrays.stream(BufferAbort.values()).map(BufferAbort::rule),
            Arrays.stream(ChipSharing.values()).map(ChipSharing::rule),
            Arrays.stream(FlashReset.values()).map(FlashReset::rule),
            Arrays.stream(FlashSizeCheck.values()).map(FlashSizeCheck::rule))
        .flatMap(rules -> rules);
  }
}
