/**
 * Import: the files of a capture become one trail, every event linked to the line it was read from.
 */
@NullMarked
package org.pagetrail.traceimport;

import org.jspecify.annotations.NullMarked;
