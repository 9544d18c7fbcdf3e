/** The durable trail: commands, events, tags and replay. */
@NullMarked
package org.pagetrail.store;

import org.jspecify.annotations.NullMarked;
