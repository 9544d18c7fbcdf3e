/** Fixes by architectures by releases by scenarios: small runs, how each ends, what is found. */
@NullMarked
package org.pagetrail.app.matrix;

import org.jspecify.annotations.NullMarked;
