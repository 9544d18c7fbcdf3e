/** Rules of the host's memory management, as far as KVM meets it. */
@NullMarked
package org.pagetrail.kvm.model.mm;

import org.jspecify.annotations.NullMarked;
