/**
 * The memslot ioctl of the running kernel beside the model: the device, the table, the comparison.
 */
@NullMarked
package org.pagetrail.app.live;

import org.jspecify.annotations.NullMarked;
