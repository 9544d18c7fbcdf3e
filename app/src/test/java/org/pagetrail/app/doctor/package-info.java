/** Tests of what a machine can record. */
@NullMarked
package org.pagetrail.app.doctor;

import org.jspecify.annotations.NullMarked;
