package org.pagetrail.traceimport.input;

/**
 * One line of an input.
 *
 * @param number counted from 1
 * @param byteOffset where it begins in the uncompressed input
 * @param text without its end; bytes that are not UTF-8 are replaced
 * @param ended false for a last line without its end, which may be cut
 */
public record Line(long number, long byteOffset, String text, boolean ended) {}
