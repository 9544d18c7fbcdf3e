/** From lines in order to a trail: every event gets the events that made it happen. */
@NullMarked
package org.pagetrail.traceimport.link;

import org.jspecify.annotations.NullMarked;
