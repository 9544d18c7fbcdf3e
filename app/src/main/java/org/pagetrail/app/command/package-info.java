/** The subcommands, one class each. */
@NullMarked
package org.pagetrail.app.command;

import org.jspecify.annotations.NullMarked;
