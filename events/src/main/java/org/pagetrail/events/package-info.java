/** The shared language: every event of every layer, its value types and its text form. */
@NullMarked
package org.pagetrail.events;

import org.jspecify.annotations.NullMarked;
