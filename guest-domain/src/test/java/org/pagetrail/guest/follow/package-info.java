/** Tests of the follower. */
@NullMarked
package org.pagetrail.guest.follow;

import org.jspecify.annotations.NullMarked;
