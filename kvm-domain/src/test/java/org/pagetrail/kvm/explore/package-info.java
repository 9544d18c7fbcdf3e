/** Tests of the search over all runs. */
@NullMarked
package org.pagetrail.kvm.explore;

import org.jspecify.annotations.NullMarked;
