/** Stage 2: the guest-physical page tables that KVM keeps (TDP on x86). */
@NullMarked
package org.pagetrail.kvm.stage2;

import org.jspecify.annotations.NullMarked;
