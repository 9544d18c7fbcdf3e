/** The shared language: every event of every layer, and who said it. */
@NullMarked
package org.pagetrail.events;

import org.jspecify.annotations.NullMarked;
