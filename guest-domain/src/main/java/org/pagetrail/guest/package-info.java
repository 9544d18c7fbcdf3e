/** The guest: the accesses of a vCPU, guest programs, the firmware's flash driver. */
@NullMarked
package org.pagetrail.guest;

import org.jspecify.annotations.NullMarked;
