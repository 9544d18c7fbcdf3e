package org.pagetrail.qemu;

import org.pagetrail.qemu.region.FlatView;

/**
 * An address space.
 *
 * @param root its root region
 * @param kvmAddressSpace KVM's number for it, -1 without memslots
 * @param view what it shows
 */
public record AddressSpace(String name, String root, int kvmAddressSpace, FlatView view) {

  AddressSpace showing(FlatView fresh) {
    return new AddressSpace(name, root, kvmAddressSpace, fresh);
  }
}
