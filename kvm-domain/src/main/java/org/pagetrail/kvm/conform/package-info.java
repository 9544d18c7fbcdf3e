/**
 * The model against recorded tables: one line of a table becomes a scenario, which the model plays,
 * and each step's outcome, host page and stage 2 entry are compared. Lines in, results out.
 */
@NullMarked
package org.pagetrail.kvm.conform;

import org.jspecify.annotations.NullMarked;
