/** Tests of predicates that stand in the place of rules. */
@NullMarked
package org.pagetrail.kvm.model.stated;

import org.jspecify.annotations.NullMarked;
