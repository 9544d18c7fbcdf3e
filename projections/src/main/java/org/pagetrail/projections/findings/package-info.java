/** States that nobody wants, each a fold over a trail with a definition in docs/findings.md. */
@NullMarked
package org.pagetrail.projections.findings;

import org.jspecify.annotations.NullMarked;
