/** The firmware's fault-tolerant-write driver, as far as a boot runs it. */
@NullMarked
package org.pagetrail.guest.edk2.ftw;

import org.jspecify.annotations.NullMarked;
