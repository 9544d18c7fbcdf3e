/** Tests of the trail and its envelope. */
@NullMarked
package org.pagetrail.events.trail;

import org.jspecify.annotations.NullMarked;
