/** What people call the host of a recording: kernel, fixes and processor as folders name them. */
@NullMarked
package org.pagetrail.events.host;

import org.jspecify.annotations.NullMarked;
