/** What a machine can record of its virtual machines, and how to get what is missing. */
@NullMarked
package org.pagetrail.app.doctor;

import org.jspecify.annotations.NullMarked;
