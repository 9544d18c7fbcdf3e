/** Tests of the matrix of fixes, architectures, releases and scenarios. */
@NullMarked
package org.pagetrail.app.matrix;

import org.jspecify.annotations.NullMarked;
