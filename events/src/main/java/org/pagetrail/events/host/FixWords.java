package org.pagetrail.events.host;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What words name a fix; whoever has the fixes knows. */
public interface FixWords {
  /** Knows no fix. */
  FixWords NONE =
      new FixWords() {
        @Override
        public @Nullable List<String> standFor(String words) {
          return null;
        }

        @Override
        public boolean areLike(String word) {
          return false;
        }
      };

  /**
   * The names of the fixes that words in small letters with hyphens between them stand for, such as
   * {@code fix-a}: one, behind those that a kernel with it has too; empty for the word that stands
   * for no fix, null if the words name none.
   */
  @Nullable List<String> standFor(String words);

  /** Whether a word that names no fix looks as if somebody meant one. */
  boolean areLike(String word);
}
