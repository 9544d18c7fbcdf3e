/** The model against what a real QEMU traced. */
@NullMarked
package org.pagetrail.qemu.captures;

import org.jspecify.annotations.NullMarked;
