package org.pagetrail.projections.findings;

import org.jspecify.annotations.Nullable;

/**
 * What an entry means to more than one finding.
 *
 * @param write the guest write to memory that it tells, null if none
 * @param sighting the look at a zero page that it is, null if none
 */
record Clues(@Nullable GuestWrite write, @Nullable ZeroPageSighting sighting) {}
