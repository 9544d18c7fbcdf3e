/** Rules of the way from a guest frame to a host frame. */
@NullMarked
package org.pagetrail.kvm.model.lookup;

import org.jspecify.annotations.NullMarked;
