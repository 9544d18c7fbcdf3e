/** What KVM decides: given memory and slots, when something happens, then these events. */
@NullMarked
package org.pagetrail.kvm;

import org.jspecify.annotations.NullMarked;
