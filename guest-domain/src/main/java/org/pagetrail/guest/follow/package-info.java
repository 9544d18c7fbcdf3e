/** Whether a guest whose accesses were recorded would have done the same on other answers. */
@NullMarked
package org.pagetrail.guest.follow;

import org.jspecify.annotations.NullMarked;
