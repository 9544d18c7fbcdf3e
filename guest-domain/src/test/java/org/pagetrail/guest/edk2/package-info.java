/** Tests of the firmware against a flash of the tests' own and against recorded boots. */
@NullMarked
package org.pagetrail.guest.edk2;

import org.jspecify.annotations.NullMarked;
