/**
 * The decider of the virtual machine monitor: commands in, events out, by the rules of one release.
 */
@NullMarked
package org.pagetrail.qemu;

import org.jspecify.annotations.NullMarked;
