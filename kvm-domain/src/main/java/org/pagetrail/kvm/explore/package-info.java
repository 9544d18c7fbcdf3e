/** All runs of a machine with one memslot up to a bound, and where two kernels part in them. */
@NullMarked
package org.pagetrail.kvm.explore;

import org.jspecify.annotations.NullMarked;
