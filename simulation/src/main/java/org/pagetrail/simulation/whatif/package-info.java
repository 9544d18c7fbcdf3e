/** What-if: the stimuli of a recorded run under another kernel or fix. */
@NullMarked
package org.pagetrail.simulation.whatif;

import org.jspecify.annotations.NullMarked;
