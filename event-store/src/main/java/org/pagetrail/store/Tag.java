package org.pagetrail.store;

import java.util.Comparator;

/**
 * What an entry can be found by: {@code gfn=0x4000}, {@code slot=1}, {@code layer=KVM}.
 *
 * @param key what the value says, never empty
 */
public record Tag(String key, String value) implements Comparable<Tag> {
  private static final Comparator<Tag> ORDER =
      Comparator.comparing(Tag::key).thenComparing(Tag::value);

  /** Checks the key. */
  public Tag {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("a tag needs a key");
    }
  }

  @Override
  public int compareTo(Tag other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return key + "=" + value;
  }
}
