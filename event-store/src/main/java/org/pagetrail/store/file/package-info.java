/**
 * A trail in one file: a head, blocks of packed entries, each with its checksums, and segments of
 * blocks, each closed by its index, a checkpoint of the host's pages and a seal with a digest.
 */
@NullMarked
package org.pagetrail.store.file;

import org.jspecify.annotations.NullMarked;
