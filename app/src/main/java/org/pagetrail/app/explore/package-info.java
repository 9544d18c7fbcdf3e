/** What is searched by {@code pagetrail explore}, and the files that it writes. */
@NullMarked
package org.pagetrail.app.explore;

import org.jspecify.annotations.NullMarked;
