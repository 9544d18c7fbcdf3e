package org.pagetrail.qemu.slot;

import java.util.List;
import org.pagetrail.events.memory.SlotFlags;
import org.pagetrail.qemu.rule.Rule;

/** KVM refuses to change READONLY of a slot in place: when QEMU deletes the slot first. */
public enum ReadOnlyDance {
  /** Before every setting of a read-only slot, whether it exists or not. */
  BEFORE_EVERY_READ_ONLY_SET(
      "qemu/slot/delete-before-setting-read-only",
      "Every setting of a read-only slot is preceded by one of size 0, whose answer is ignored"
          + " and which no trace shows.",
      "QEMU 2.1 to 2.12, kvm-all.c") {
    @Override
    boolean deletesFirst(SlotFlags old, boolean creates, SlotFlags fresh) {
      return fresh.isReadOnly();
    }
  },
  /** Only where READONLY really changes. */
  ON_CHANGE(
      "qemu/slot/delete-before-changing-read-only",
      "A change of READONLY in place is preceded by a setting of size 0, which no trace shows.",
      "QEMU 3.0 and later, kvm-all.c (6c090d4a75)") {
    @Override
    boolean deletesFirst(SlotFlags old, boolean creates, SlotFlags fresh) {
      return !creates && old.isReadOnly() != fresh.isReadOnly();
    }
  };

  private static final int EINVAL = -22;

  private final String id;
  private final String sentence;
  private final String source;

  ReadOnlyDance(String id, String sentence, String source) {
    this.id = id;
    this.sentence = sentence;
    this.source = source;
  }

  /** What decides; a request that cites it is missing from QEMU's trace. */
  public Rule rule() {
    return new Rule(id, sentence, source);
  }

  abstract boolean deletesFirst(SlotFlags old, boolean creates, SlotFlags fresh);

  /** Appends the ioctls that set {@code wanted}, a slot of some size, and returns the table. */
  SlotTable set(SlotTable table, Slot wanted, Rule reason, List<SlotRequest> requests) {
    Slot old = table.find(wanted.index());
    SlotFlags oldFlags = old == null ? SlotFlags.NONE : old.flags();
    if (deletesFirst(oldFlags, old == null, wanted.flags())) {
      requests.add(
          new SlotRequest(wanted.deleted(wanted.flags()), old == null ? EINVAL : 0, rule()));
    }
    requests.add(new SlotRequest(wanted, 0, reason));
    return table.after(wanted);
  }
}
