package org.pagetrail.projections.findings;

import java.util.ArrayList;
import java.util.List;

/** What was found up to some entry, from the changes that {@link FindingsState} told of. */
public final class FoundSoFar {
  private final List<FindingFold> folds = FindingsState.noneFound();
  private final List<Book> books = new ArrayList<>();

  /** Nothing was found yet. */
  public FoundSoFar() {
    folds.forEach(fold -> books.addAll(fold.books()));
  }

  /**
   * Takes the next change.
   *
   * @throws IllegalArgumentException if there is no such book, or no such pages
   */
  public void take(FoundChange change) {
    if (change.book() == FoundChange.END) {
      folds.forEach(fold -> {
        if (fold instanceof GuestPolls polls) {
          polls.end(change.ended());
        }
      });
    } else if (change.book() >= 0 && change.book() < books.size()) {
      books.get(change.book()).set(change.first(), change.pages(), change.tally());
    } else {
      throw new IllegalArgumentException("there is no book " + change.book() + " of findings");
    }
  }

  /** What was found, in the order of {@link FindingKind}, then ascending by place. */
  public List<Finding> findings() {
    return FindingsState.findings(folds);
  }
}
