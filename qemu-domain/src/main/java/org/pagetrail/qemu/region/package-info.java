/** The tree of memory regions, and the flat views rendered from it. */
@NullMarked
package org.pagetrail.qemu.region;

import org.jspecify.annotations.NullMarked;
