/** Named rules of the model with the releases they are known from. */
@NullMarked
package org.pagetrail.qemu.rule;

import org.jspecify.annotations.NullMarked;
