/**
 * Event formats: where the fields of an event are in its record, and how the kernel prints them, as
 * the {@code format} files of tracefs say.
 */
@NullMarked
package org.pagetrail.traceimport.eventformat;

import org.jspecify.annotations.NullMarked;
