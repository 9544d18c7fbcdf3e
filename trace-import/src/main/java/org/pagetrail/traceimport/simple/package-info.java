/** QEMU's binary trace, as its simple backend writes it. */
@NullMarked
package org.pagetrail.traceimport.simple;

import org.jspecify.annotations.NullMarked;
