package org.pagetrail.events.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagetrail.events.ArchName;

/**
 * What the name of a folder with recordings says of their host: words with hyphens or {@code +}
 * between them, one of which is the kernel's release, such as {@code arm64-6.1-bug2014-fixa-fwb} or
 * {@code bug2014-6.1-bios64-thpnever}.
 *
 * @param arch the architecture; null if no word names one
 * @param release the release as the rules of a kernel go by it, such as {@code 6.1} or {@code
 *     3.17-rc}; null if no word, or only the first, looks like one
 * @param fixes the names of the fixes in that kernel, from left to right
 * @param words what is said of the set-up
 * @param unknown what says nothing to us; words that stand side by side are one
 */
public record HostName(
    @Nullable String arch,
    @Nullable String release,
    List<String> fixes,
    List<HostWord> words,
    List<String> unknown) {
  private static final Pattern BETWEEN = Pattern.compile("[-+]");
  private static final Pattern RELEASE =
      Pattern.compile("v?(?<release>\\d{1,3}\\.\\d{1,4})(?<candidate>rc\\d*)?(?:\\..*)?");
  private static final Pattern CANDIDATE = Pattern.compile("rc\\d*");

  /** Distributions and builds that change no rule. */
  private static final List<String> UNCHANGED =
      List.of(
          "stock",
          "debian",
          "ubuntu",
          "fedora",
          "generic",
          "vanilla",
          "mainline",
          "upstream",
          "stable",
          "lts");

  /** No fix's name has more words, {@code fix} before it counted. */
  private static final int FIX_WORDS_MAX = 7;

  /** Letters of fixes are not longer. Alone they may be anything, so they need a word before. */
  private static final int LETTERS_MAX = 2;

  /** Copies the lists. */
  public HostName {
    fixes = List.copyOf(fixes);
    words = List.copyOf(words);
    unknown = List.copyOf(unknown);
  }

  /** Reads a folder's name, in capitals or small letters. */
  public static HostName of(String folder, FixWords known) {
    List<String> all = Arrays.asList(BETWEEN.split(folder.toLowerCase(Locale.ROOT), -1));
    String arch = all.stream().filter(ArchName::isKnown).map(ArchName::of).findFirst().orElse(null);
    Reading reading = new Reading(arch, known);
    for (int at = 1; at < all.size(); at++) {
      Matcher release = RELEASE.matcher(all.get(at));
      if (release.matches()) {
        boolean apart = at + 1 < all.size() && CANDIDATE.matcher(all.get(at + 1)).matches();
        boolean candidate = apart || release.group("candidate") != null;
        reading.read(all.subList(0, at), false);
        reading.read(all.subList(apart ? at + 2 : at + 1, all.size()), true);
        return reading.name(release.group("release") + (candidate ? "-rc" : ""));
      }
    }
    reading.read(all, false);
    return reading.name(null);
  }

  /** The settings that single words name on an architecture. */
  public static List<HostWord> settings(String arch, Stream<String> words) {
    return words
        .map(word -> HostWord.of(word.toLowerCase(Locale.ROOT), arch))
        .<HostWord>mapMulti((word, out) -> {
          if (word != null) {
            out.accept(word);
          }
        })
        .toList();
  }

  /** The mode of transparent huge pages as sysfs words it; null if nothing names one. */
  public @Nullable String hugePages() {
    return words.stream()
        .filter(HostWord::isOfHugePages)
        .map(word -> word.name().substring("THP_".length()).toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse(null);
  }

  /** The rules that the set-up puts into any kernel, by identity. */
  public List<String> rules() {
    return words.stream()
        .<String>mapMulti((word, out) -> {
          String rule = word.rule();
          if (rule != null) {
            out.accept(rule);
          }
        })
        .toList();
  }

  /** The unknown words with which somebody may have meant a fix. */
  public List<String> unknownFixes(FixWords known) {
    return unknown.stream()
        .filter(words -> BETWEEN.splitAsStream(words).anyMatch(known::areLike))
        .toList();
  }

  /** What was read so far. */
  private static final class Reading {
    private final @Nullable String arch;
    private final FixWords known;
    private final SequencedSet<String> fixes = new LinkedHashSet<>();
    private final SequencedSet<HostWord> words = new LinkedHashSet<>();
    private final List<String> unknown = new ArrayList<>();

    Reading(@Nullable String arch, FixWords known) {
      this.arch = arch;
      this.known = known;
    }

    /**
     * Reads words.
     *
     * @param behindKnown whether what stands before them has a meaning
     */
    void read(List<String> row, boolean behindKnown) {
      boolean behind = behindKnown;
      List<String> strange = new ArrayList<>();
      int next = 0;
      while (next < row.size()) {
        int taken = take(row, next, behind);
        behind = taken > 0;
        if (behind) {
          end(strange);
        } else {
          strange.add(row.get(next));
        }
        next += Math.max(taken, 1);
      }
      end(strange);
    }

    private void end(List<String> strange) {
      if (!strange.isEmpty()) {
        unknown.add(String.join("-", strange));
        strange.clear();
      }
    }

    /** How many words from there on have a meaning together; 0 if the first has none. */
    private int take(List<String> row, int from, boolean behind) {
      String word = row.get(from);
      HostWord setting = HostWord.of(word, arch);
      if (setting != null) {
        words.add(setting);
        return 1;
      }
      // A fix's name may have hyphens of its own.
      for (int count = Math.min(FIX_WORDS_MAX, row.size() - from); count > 0; count--) {
        String phrase = String.join("-", row.subList(from, from + count));
        List<String> named =
            phrase.length() <= LETTERS_MAX && !behind ? null : known.standFor(phrase);
        if (named != null) {
          add(named);
          return count;
        }
      }
      return word.isEmpty() || UNCHANGED.contains(word) || ArchName.isKnown(word) ? 1 : 0;
    }

    /** What a kernel with a fix has too stands first. */
    private void add(List<String> named) {
      for (String fix : named) {
        if (fix.equals(named.getLast())) {
          fixes.add(fix);
        } else if (!fixes.contains(fix)) {
          fixes.addFirst(fix);
        }
      }
    }

    HostName name(@Nullable String release) {
      return new HostName(arch, release, List.copyOf(fixes), List.copyOf(words), unknown);
    }
  }
}
