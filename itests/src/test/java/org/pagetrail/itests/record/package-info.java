/** Machines that run here are recorded, where QEMU is installed. */
@NullMarked
package org.pagetrail.itests.record;

import org.jspecify.annotations.NullMarked;
