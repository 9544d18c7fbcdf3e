package org.pagetrail.qemu;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagetrail.events.memory.ByteSize;
import org.pagetrail.qemu.board.Board;
import org.pagetrail.qemu.board.HvaAlignment;
import org.pagetrail.qemu.board.I440fxBoard;
import org.pagetrail.qemu.board.ImageCopy;
import org.pagetrail.qemu.board.Q35Board;
import org.pagetrail.qemu.board.Smram;
import org.pagetrail.qemu.board.VirtBoard;
import org.pagetrail.qemu.board.VirtLayout;
import org.pagetrail.qemu.flash.BufferAbort;
import org.pagetrail.qemu.flash.BufferedWrite;
import org.pagetrail.qemu.flash.ChipSharing;
import org.pagetrail.qemu.flash.FlashReset;
import org.pagetrail.qemu.flash.FlashRules;
import org.pagetrail.qemu.flash.FlashSizeCheck;
import org.pagetrail.qemu.region.FlatViewSharing;
import org.pagetrail.qemu.slot.DeleteFlags;
import org.pagetrail.qemu.slot.DirtyLogging;
import org.pagetrail.qemu.slot.ListenerTiming;
import org.pagetrail.qemu.slot.ReadOnlyDance;
import org.pagetrail.qemu.slot.SlotAlignment;
import org.pagetrail.qemu.slot.SlotPlacement;
import org.pagetrail.qemu.slot.SlotRules;

/** Which rules each release has. Stable branches took some changes before their successors. */
final class QemuReleases {
  private static final Pattern RELEASE =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})(?:\\.(\\d{1,4}))?.*");
  private static final ByteSize UNLIMITED = new ByteSize(1L << 62);

  private final String text;
  private final int major;
  private final int minor;
  private final int micro;

  private QemuReleases(String text) {
    Matcher matcher = RELEASE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no QEMU release such as 7.2.22");
    }
    this.text = text;
    this.major = Integer.parseInt(matcher.group(1));
    this.minor = Integer.parseInt(matcher.group(2));
    this.micro = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    if (!since(2, 1)) {
      throw new IllegalArgumentException("QEMU " + text + " is older than 2.1, the first modelled");
    }
  }

  static QemuModel model(String release) {
    QemuReleases r = new QemuReleases(release);
    return new QemuModel(
        release,
        r.since(2, 11) ? FlatViewSharing.PER_ROOT : FlatViewSharing.PER_ADDRESS_SPACE,
        r.since(8, 0) ? ListenerTiming.AT_COMMIT : ListenerTiming.AT_ONCE,
        r.slots(),
        r.since(2, 4) ? DirtyLogging.MASK : DirtyLogging.SWITCH,
        r.since(2, 6) ? ImageCopy.INTO_HOST_MEMORY : ImageCopy.THROUGH_GUEST_MEMORY,
        r.flash(),
        r.boards());
  }

  private boolean since(int atMajor, int atMinor) {
    return major > atMajor || (major == atMajor && minor >= atMinor);
  }

  private boolean stable(int ofMajor, int ofMinor, int fromMicro) {
    return major == ofMajor && minor == ofMinor && micro >= fromMicro;
  }

  private SlotRules slots() {
    return new SlotRules(
        alignment(),
        since(2, 11) ? SlotPlacement.EXACT_MATCH : SlotPlacement.SPLIT_OVERLAPPING,
        since(3, 0) ? ReadOnlyDance.ON_CHANGE : ReadOnlyDance.BEFORE_EVERY_READ_ONLY_SET,
        since(3, 0) ? DeleteFlags.NONE : DeleteFlags.OLD,
        UNLIMITED);
  }

  private SlotAlignment alignment() {
    if (since(2, 5)) {
      return SlotAlignment.TO_HOST_PAGE;
    }
    return since(2, 2) ? SlotAlignment.TO_TARGET_PAGE : SlotAlignment.BY_SIZE;
  }

  private FlashRules flash() {
    return new FlashRules(
        bufferedWrite(),
        since(4, 0) ? BufferAbort.RETURNS_TO_ARRAY : BufferAbort.EXITS,
        since(2, 9) ? ChipSharing.BLOCK_LENGTH_DIVIDED : ChipSharing.BLOCKS_DIVIDED,
        since(4, 1) ? FlashReset.TO_ARRAY : FlashReset.NEVER,
        sizeCheck());
  }

  private FlashSizeCheck sizeCheck() {
    if (since(9, 0)) {
      return FlashSizeCheck.EXACT_AND_NAMED;
    }
    return since(4, 0) ? FlashSizeCheck.EXACT : FlashSizeCheck.LARGE_ENOUGH;
  }

  private BufferedWrite bufferedWrite() {
    if (since(9, 1) || stable(9, 0, 1)) {
      return BufferedWrite.WINDOW_OF_THE_FIRST_WORD;
    }
    boolean window = since(9, 0) || stable(7, 2, 9) || stable(8, 1, 5) || stable(8, 2, 1);
    return window ? BufferedWrite.WINDOW_OF_THE_COUNT : BufferedWrite.STRAIGHT_TO_STORAGE;
  }

  private SortedMap<String, Board> boards() {
    SortedMap<String, Board> boards = new TreeMap<>();
    HvaAlignment hvas = since(2, 6) ? HvaAlignment.BLOCK : HvaAlignment.HOST_PAGE;
    boards.put("virt", new VirtBoard(virtLayout(), hvas));
    boards.put("q35", new Q35Board(smram()));
    boards.put("pc", new I440fxBoard(smram()));
    return boards;
  }

  private Smram smram() {
    if (since(9, 1)) {
      return Smram.IF_USED;
    }
    return since(2, 4) ? Smram.ALWAYS : Smram.HOLE_ONLY;
  }

  private VirtLayout virtLayout() {
    if (since(5, 2)) {
      return VirtLayout.FLASH_FIRST_STOLEN_TIME;
    }
    return since(4, 1) ? VirtLayout.FLASH_FIRST : VirtLayout.RAM_FIRST;
  }

  @Override
  public String toString() {
    return text;
  }
}
