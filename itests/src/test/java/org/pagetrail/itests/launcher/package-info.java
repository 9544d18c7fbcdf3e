/** The start script, run against a JDK and a Maven that only write down how they were called. */
@NullMarked
package org.pagetrail.itests.launcher;

import org.jspecify.annotations.NullMarked;
