/** Tests of the guest. */
@NullMarked
package org.pagetrail.guest;

import org.jspecify.annotations.NullMarked;
