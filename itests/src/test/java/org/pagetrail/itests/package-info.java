/** The whole system, and the rules that bind its modules. */
@NullMarked
package org.pagetrail.itests;

import org.jspecify.annotations.NullMarked;
