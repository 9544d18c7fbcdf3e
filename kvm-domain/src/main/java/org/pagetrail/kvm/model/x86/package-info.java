/** Rules of x86: the fault path and the entries of TDP and shadow paging. */
@NullMarked
package org.pagetrail.kvm.model.x86;

import org.jspecify.annotations.NullMarked;
