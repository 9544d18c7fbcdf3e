/** The stored trail against real recordings. */
@NullMarked
package org.pagetrail.itests.store;

import org.jspecify.annotations.NullMarked;
