/** The text form of a trail: JSON lines, one event a line, fields in a fixed order. */
@NullMarked
package org.pagetrail.events.text;

import org.jspecify.annotations.NullMarked;
