package org.pagetrail.qemu.slot;

import org.pagetrail.qemu.rule.Rule;

/**
 * One ioctl that sets a memslot.
 *
 * @param slot what is asked for; size 0 deletes
 * @param ret what KVM answers: 0 or a negative errno
 * @param rule what made QEMU ask
 */
public record SlotRequest(Slot slot, int ret, Rule rule) {}
