/** What every subcommand shares: kernel and fix options, output, errors and exit codes. */
@NullMarked
package org.pagetrail.app.cli;

import org.jspecify.annotations.NullMarked;
