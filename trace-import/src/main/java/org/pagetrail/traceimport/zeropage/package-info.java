/** What an unrelated process saw in the host's zero page. */
@NullMarked
package org.pagetrail.traceimport.zeropage;

import org.jspecify.annotations.NullMarked;
