/** The kernel's trace text: the kvm events of arm64 and x86, and probes that a user named. */
@NullMarked
package org.pagetrail.traceimport.ftrace;

import org.jspecify.annotations.NullMarked;
