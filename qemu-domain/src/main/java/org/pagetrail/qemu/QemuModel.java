package org.pagetrail.qemu;

import java.util.SortedMap;
import org.pagetrail.qemu.board.Board;
import org.pagetrail.qemu.board.ImageCopy;
import org.pagetrail.qemu.flash.FlashRules;
import org.pagetrail.qemu.region.FlatViewSharing;
import org.pagetrail.qemu.slot.DirtyLogging;
import org.pagetrail.qemu.slot.ListenerTiming;
import org.pagetrail.qemu.slot.SlotRules;

/**
 * The rules of one QEMU release.
 *
 * @param release such as {@code 7.2.22}
 * @param sharing which address spaces share a flat view
 * @param timing when a change of a flat view reaches the memslots
 * @param slots how sections become memslots
 * @param dirtyLogging how dirty logging of all memory reaches them
 * @param imageCopy how a {@code -bios} image reaches the flash
 * @param flash how the NOR flash behaves
 * @param boards the machine types by name
 */
public record QemuModel(
    String release,
    FlatViewSharing sharing,
    ListenerTiming timing,
    SlotRules slots,
    DirtyLogging dirtyLogging,
    ImageCopy imageCopy,
    FlashRules flash,
    SortedMap<String, Board> boards) {

  /**
   * The model of a release.
   *
   * @param release {@code major.minor} or {@code major.minor.micro}, 2.1 and later; anything after
   *     that is ignored
   * @throws IllegalArgumentException if the text is no release or an older one
   */
  public static QemuModel of(String release) {
    return QemuReleases.model(release);
  }
}
