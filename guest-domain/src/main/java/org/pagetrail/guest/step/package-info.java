/** How a program is written: as steps that expand into smaller steps, down to single accesses. */
@NullMarked
package org.pagetrail.guest.step;

import org.jspecify.annotations.NullMarked;
