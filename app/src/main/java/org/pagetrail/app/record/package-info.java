/** Recording a running virtual machine: QEMU's trace, the kernel's trace, snapshots and clocks. */
@NullMarked
package org.pagetrail.app.record;

import org.jspecify.annotations.NullMarked;
