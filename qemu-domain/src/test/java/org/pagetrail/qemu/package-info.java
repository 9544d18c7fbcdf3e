/** Tests of the decider. */
@NullMarked
package org.pagetrail.qemu;

import org.jspecify.annotations.NullMarked;
