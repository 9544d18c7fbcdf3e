/** What can be asked of a trail as a whole, and what comes of it: pure, without a store. */
@NullMarked
package org.pagetrail.store.run;

import org.jspecify.annotations.NullMarked;
