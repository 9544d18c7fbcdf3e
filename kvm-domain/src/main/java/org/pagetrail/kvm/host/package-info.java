/** The host's memory as KVM meets it: mappings, page tables, page cache, and what pages hold. */
@NullMarked
package org.pagetrail.kvm.host;

import org.jspecify.annotations.NullMarked;
