/** Routes events among QEMU, KVM and the guest until the run ends. */
@NullMarked
package org.pagetrail.simulation;

import org.jspecify.annotations.NullMarked;
