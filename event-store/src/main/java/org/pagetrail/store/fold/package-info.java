/**
 * The packed fold: guest frames, host pages and memslots straight from the packed records, outside
 * the Java heap. It knows what {@link org.pagetrail.projections.machine.MachineProjection} knows of
 * these, page by page.
 */
@NullMarked
package org.pagetrail.store.fold;

import org.jspecify.annotations.NullMarked;
