/** Kernels as values: named rules, one for each question that history answered differently. */
@NullMarked
package org.pagetrail.kvm.model;

import org.jspecify.annotations.NullMarked;
