/** What a recording adds to a command, and what it reads of the kernel's files. */
@NullMarked
package org.pagetrail.app.record;

import org.jspecify.annotations.NullMarked;
