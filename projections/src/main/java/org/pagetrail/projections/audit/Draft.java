package org.pagetrail.projections.audit;

/** What an entry says about the page, before it is a step. */
record Draft(StepKind kind, String what) {}
