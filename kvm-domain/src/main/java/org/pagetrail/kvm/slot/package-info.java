/** Memslots: which host memory stands behind which guest-physical addresses. */
@NullMarked
package org.pagetrail.kvm.slot;

import org.jspecify.annotations.NullMarked;
