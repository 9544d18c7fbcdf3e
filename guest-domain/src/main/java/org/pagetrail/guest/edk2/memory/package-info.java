/** What the firmware remembers between two accesses: buffers, and what it knows of the flash. */
@NullMarked
package org.pagetrail.guest.edk2.memory;

import org.jspecify.annotations.NullMarked;
