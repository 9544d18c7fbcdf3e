/** The guest: what a vCPU accesses, by which program, and when that program hangs. */
@NullMarked
package org.pagetrail.guest;

import org.jspecify.annotations.NullMarked;
