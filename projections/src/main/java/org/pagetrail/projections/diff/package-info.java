/** What differs between two trails that were made from the same stimuli. */
@NullMarked
package org.pagetrail.projections.diff;

import org.jspecify.annotations.NullMarked;
