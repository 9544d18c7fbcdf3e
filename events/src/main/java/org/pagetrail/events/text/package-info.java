/** The text form of a trail: JSON lines, one event a line, read and written as a stream. */
@NullMarked
package org.pagetrail.events.text;

import org.jspecify.annotations.NullMarked;
