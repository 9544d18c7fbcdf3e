/** How the host is set up: what a recording says of it, and what it does not. */
@NullMarked
package org.pagetrail.kvm.host;

import org.jspecify.annotations.NullMarked;
