/** Fixes that a user states as predicates: the facts they may ask, the decisions they may take. */
@NullMarked
package org.pagetrail.kvm.model.stated;

import org.jspecify.annotations.NullMarked;
