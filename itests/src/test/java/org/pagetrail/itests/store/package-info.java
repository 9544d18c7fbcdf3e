/** The stored trail against real recordings and real servers. */
@NullMarked
package org.pagetrail.itests.store;

import org.jspecify.annotations.NullMarked;
