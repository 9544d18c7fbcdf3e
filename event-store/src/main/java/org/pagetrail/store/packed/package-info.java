/**
 * The packed form of entries: fixed records that a fold reads in place, and beside them the
 * strings, lists and envelopes, compressed. Everything is little-endian; a file carries its own
 * schema.
 */
@NullMarked
package org.pagetrail.store.packed;

import org.jspecify.annotations.NullMarked;
