/** Recorded boots, as the tests read them. */
@NullMarked
package org.pagetrail.guest.recorded;

import org.jspecify.annotations.NullMarked;
