/** Tests of fixes as users state them. */
@NullMarked
package org.pagetrail.app.fix;

import org.jspecify.annotations.NullMarked;
