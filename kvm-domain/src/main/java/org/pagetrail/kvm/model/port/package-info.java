/**
 * Rules of the fault paths of riscv, loongarch, mips, powerpc and s390. Where nobody has read what
 * a release does, its answer is a rule named {@code unknown/...}.
 */
@NullMarked
package org.pagetrail.kvm.model.port;

import org.jspecify.annotations.NullMarked;
