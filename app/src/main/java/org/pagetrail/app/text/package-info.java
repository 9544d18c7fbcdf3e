/** Results as text of 80 columns. */
@NullMarked
package org.pagetrail.app.text;

import org.jspecify.annotations.NullMarked;
