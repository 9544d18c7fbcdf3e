/** Dumps of page tables in debugfs: {@code stage2_page_tables} of arm64 guests. */
@NullMarked
package org.pagetrail.traceimport.pagetables;

import org.jspecify.annotations.NullMarked;
