/** Fixes as users name and state them: names, statements, files, and the expressions in them. */
@NullMarked
package org.pagetrail.app.fix;

import org.jspecify.annotations.NullMarked;
