/** What the machine and its host look like after each entry of a trail. */
@NullMarked
package org.pagetrail.projections.machine;

import org.jspecify.annotations.NullMarked;
