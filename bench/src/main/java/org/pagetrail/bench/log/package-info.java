/** Trails of any length, made from recorded ones. */
@NullMarked
package org.pagetrail.bench.log;

import org.jspecify.annotations.NullMarked;
