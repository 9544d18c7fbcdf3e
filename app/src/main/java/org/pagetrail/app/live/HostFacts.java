package org.pagetrail.app.live;

import org.pagetrail.events.memory.HvaRange;
import org.pagetrail.kvm.Machine;
import org.pagetrail.kvm.Machine.Paging;
import org.pagetrail.kvm.MemslotLimits;

/**
 * What a host says about itself. All of it goes into the model as given; nothing is guessed.
 *
 * @param arch the architecture, such as {@code x86}
 * @param release what {@code uname -r} prints
 * @param memslots KVM_CAP_NR_MEMSLOTS
 * @param addressSpaces KVM_CAP_MULTI_ADDRESS_SPACE, 1 where the kernel does not know the capability
 * @param readOnlyMemslots KVM_CAP_READONLY_MEM
 * @param guestAddressBits up to which width of guest addresses KVM makes memslots
 * @param userAddressBits width of user space, as mmap tells it
 * @param paging who walks the guest's tables; means something on x86 only
 * @param writable memory of this process that it may write
 * @param readOnly memory of this process that it may only read
 */
public record HostFacts(
    String arch,
    String release,
    int memslots,
    int addressSpaces,
    boolean readOnlyMemslots,
    int guestAddressBits,
    int userAddressBits,
    Paging paging,
    HvaRange writable,
    HvaRange readOnly) {

  /** The machine that the model decides for. */
  Machine machine() {
    Machine base = arch.equals("x86") ? Machine.X86 : Machine.DEFAULT;
    return base.with(paging)
        .withAddressBits(guestAddressBits, userAddressBits)
        .with(MemslotLimits.asked(memslots, addressSpaces, readOnlyMemslots));
  }
}
