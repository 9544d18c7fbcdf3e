/** Addresses, page numbers, sizes, ranges and permissions: the value types every layer shares. */
@NullMarked
package org.pagetrail.events.memory;

import org.jspecify.annotations.NullMarked;
