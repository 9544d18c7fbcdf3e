/** How one guest page became what it is: the audit of a page. */
@NullMarked
package org.pagetrail.projections.audit;

import org.jspecify.annotations.NullMarked;
