package org.pagetrail.traceimport.capture;

import org.jspecify.annotations.Nullable;

/**
 * A trace event as QEMU's source declares it.
 *
 * @param format how the log backend prints its arguments, in the words of {@code printf} without
 *     macros; null where it is none that a record can be printed by
 */
public record DeclaredEvent(String name, @Nullable String format) {}
