/** Rules of arm and arm64: the fault path and stage 2. */
@NullMarked
package org.pagetrail.kvm.model.arm;

import org.jspecify.annotations.NullMarked;
