/** Tests of regions and flat views. */
@NullMarked
package org.pagetrail.qemu.region;

import org.jspecify.annotations.NullMarked;
