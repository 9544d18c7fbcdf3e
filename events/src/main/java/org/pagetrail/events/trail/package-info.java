/** The trail: the ordered log of one run, its envelope, its causes and its sources. */
@NullMarked
package org.pagetrail.events.trail;

import org.jspecify.annotations.NullMarked;
