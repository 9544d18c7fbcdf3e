/** What every log and every engine on a log must keep, for each of them to be tested against. */
@NullMarked
package org.pagetrail.store.contract;

import org.jspecify.annotations.NullMarked;
