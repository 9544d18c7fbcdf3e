package org.pagetrail.kvm.model;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.host.FixWords;

/** The fixes as people write them into the names of folders. */
public final class FolderFixes implements FixWords {
  /** All that are known. */
  public static final FixWords KNOWN = new FolderFixes();

  /** What may stand before a fix's letter or name. */
  private static final String FIX = "fix";

  private static final String BUG = "bug-2014";
  private static final String NO_FIX = "none";

  /** The fixes that were tried for the bug; a kernel that was recorded with one has the bug too. */
  private static final List<String> LETTERS_OF_THE_BUG = List.of("a", "b", "c", "d", "e");

  /** How words begin that are there to name a change, and letters that a later fix may have. */
  private static final Pattern CHANGED = Pattern.compile("(?:bug|fix|patch|revert).*|g\\d+");

  /** Shorter words of a fix's name are words of anything. */
  private static final int TELLING_CHARS = 4;

  private FolderFixes() {}

  @Override
  public @Nullable List<String> standFor(String words) {
    Fix fix = named(words);
    if (fix == null && words.startsWith(FIX)) {
      fix = named(words.substring(FIX.length()).replaceFirst("^[-_]", ""));
    }
    if (fix == null) {
      return null;
    }
    if (fix.name().equals(NO_FIX)) {
      return List.of();
    }
    String letter = Fixes.letterOf(fix);
    return letter != null && LETTERS_OF_THE_BUG.contains(letter)
        ? List.of(BUG, fix.name())
        : List.of(fix.name());
  }

  private static @Nullable Fix named(String words) {
    for (Fix fix : Fixes.all()) {
      if (fix.name().replace("-", "").equals(words.replace("-", "").replace("_", ""))) {
        return fix;
      }
    }
    try {
      return words.isEmpty() ? null : Fixes.named(words);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public boolean areLike(String word) {
    return CHANGED.matcher(word).matches()
        || (word.length() >= TELLING_CHARS
            && Fixes.all().stream()
                .flatMap(fix -> Arrays.stream(fix.name().split("-", -1)))
                .anyMatch(word::equals));
  }
}
