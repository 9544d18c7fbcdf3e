package org.pagetrail.projections.machine;

import org.jspecify.annotations.Nullable;
import org.pagetrail.events.memory.HvaRange;

/**
 * Host memory that the monitor allocated for the guest.
 *
 * @param name such as {@code virt.flash1}
 * @param filePath the file that filled it at start, null for untouched memory
 */
public record RamBlock(String name, HvaRange host, @Nullable String filePath, Origin origin) {}
