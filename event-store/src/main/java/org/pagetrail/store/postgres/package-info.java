/** Trails in PostgreSQL. */
@NullMarked
package org.pagetrail.store.postgres;

import org.jspecify.annotations.NullMarked;
