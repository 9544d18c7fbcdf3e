/** Runs of alike pages: immutable maps over page numbers whose size is that of the differences. */
@NullMarked
package org.pagetrail.kvm.run;

import org.jspecify.annotations.NullMarked;
