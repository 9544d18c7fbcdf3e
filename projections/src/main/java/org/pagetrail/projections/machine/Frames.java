package org.pagetrail.projections.machine;

/** How the frames behind a run of host pages relate to the first of them. */
public enum Frames {
  /** Each is the next of the one before. */
  CONSECUTIVE,
  /** One frame stands behind all pages, as the zero page does. */
  SAME,
  /** Nothing is known of the others. */
  SCATTERED
}
