/** The closed loop: guest, KVM and QEMU run a machine together until the run ends. */
@NullMarked
package org.pagetrail.simulation.loop;

import org.jspecify.annotations.NullMarked;
