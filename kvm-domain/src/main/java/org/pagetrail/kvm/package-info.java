/** KVM and the host: memslots, pages, the fault decision, kernels and fixes. */
@NullMarked
package org.pagetrail.kvm;

import org.jspecify.annotations.NullMarked;
