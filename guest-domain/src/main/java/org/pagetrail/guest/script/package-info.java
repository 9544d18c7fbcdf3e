/** Programs written by hand, for scenarios. */
@NullMarked
package org.pagetrail.guest.script;

import org.jspecify.annotations.NullMarked;
