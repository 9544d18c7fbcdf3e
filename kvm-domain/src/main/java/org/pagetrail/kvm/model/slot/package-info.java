/** Rules of memslots: what the ioctl refuses, and what a change does. */
@NullMarked
package org.pagetrail.kvm.model.slot;

import org.jspecify.annotations.NullMarked;
