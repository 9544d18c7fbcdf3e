/** How sections of a flat view become KVM memslots. */
@NullMarked
package org.pagetrail.qemu.slot;

import org.jspecify.annotations.NullMarked;
