/** The whole system on recorded boots. */
@NullMarked
package org.pagetrail.itests.boots;

import org.jspecify.annotations.NullMarked;
