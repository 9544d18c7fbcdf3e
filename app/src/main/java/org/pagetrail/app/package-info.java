/** The command line, the local web page and the exports. */
@NullMarked
package org.pagetrail.app;

import org.jspecify.annotations.NullMarked;
