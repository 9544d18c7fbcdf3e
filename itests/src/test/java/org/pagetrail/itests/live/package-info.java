/** The model beside the kernel that runs the tests. */
@NullMarked
package org.pagetrail.itests.live;

import org.jspecify.annotations.NullMarked;
