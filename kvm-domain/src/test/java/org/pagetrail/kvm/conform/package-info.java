/** The model against recorded tables. */
@NullMarked
package org.pagetrail.kvm.conform;

import org.jspecify.annotations.NullMarked;
