/** Programs in C that do on a real kernel what a scenario says, through {@code /dev/kvm}. */
@NullMarked
package org.pagetrail.app.reproduce;

import org.jspecify.annotations.NullMarked;
