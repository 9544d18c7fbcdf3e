/** Tests of kernels, fixes and the rule book. */
@NullMarked
package org.pagetrail.kvm.model;

import org.jspecify.annotations.NullMarked;
