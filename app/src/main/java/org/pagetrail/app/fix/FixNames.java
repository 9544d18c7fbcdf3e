package org.pagetrail.app.fix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pagetrail.app.cli.Printable;
import org.pagetrail.app.cli.Trouble;
import org.pagetrail.kvm.model.Fix;
import org.pagetrail.kvm.model.Fixes;

/**
 * The one place where fixes are read from what users write: names of known fixes, fixes stated as
 * {@code NAME: DECISION := EXPRESSION}, and files of such statements as {@code @FILE}.
 */
public final class FixNames {
  private static final String OPTION = "--fix";
  private static final int FILE_BYTES_MAX = 1 << 16;

  private FixNames() {}

  /** How options describe what they take. */
  public static final String SYNTAX =
      "a name, a letter or a commit of 'pagetrail rules --fixes', a rule, a fix stated as"
          + " 'NAME: DECISION := EXPRESSION; ...', or @FILE with such a statement";

  /**
   * The fixes of a list with commas, each as a trail would name it: files have been read.
   *
   * @throws Trouble if a file or a statement is wrong, or a fix is there twice
   */
  public static List<String> split(String list) {
    List<String> names = new ArrayList<>();
    int from = 0;
    while (from <= list.length()) {
      int comma = list.indexOf(',', from);
      int to = comma < 0 ? list.length() : comma;
      String item = list.substring(from, to).strip();
      boolean stated = StatedText.isStated(item) || item.startsWith("@");
      names.add(stated ? fix(item).name() : item);
      from = to + 1;
    }
    requireOnce(names);
    return names;
  }

  /**
   * Makes sure that no fix is named twice, whether by name, letter, commit or statement: what is
   * put in a second time changes nothing, and who does that meant something else.
   *
   * @throws Trouble if one is
   */
  public static void requireOnce(List<String> names) {
    Map<String, String> seen = new HashMap<>();
    for (String name : names) {
      String before = seen.putIfAbsent(plainName(name), name);
      if (before != null) {
        String also = before.equals(name) ? "" : ", as " + Printable.of(before) + " too";
        throw new Trouble(
            "the fix " + Printable.of(name) + " is given twice" + also, "name every fix once");
      }
    }
  }

  /** What two ways to name one fix have in common. */
  private static String plainName(String item) {
    if (StatedText.isStated(item)) {
      return StatedText.nameOf(item);
    }
    try {
      return Fixes.named(item).name();
    } catch (IllegalArgumentException unknown) {
      return item; // refused where it is put in
    }
  }

  /**
   * The fix of one item of such a list.
   *
   * @throws Trouble if a file or a statement is wrong
   * @throws IllegalArgumentException if no fix has this name
   */
  public static Fix fix(String item) {
    if (item.startsWith("@")) {
      return ofFile(item.substring(1));
    }
    return StatedText.isStated(item)
        ? StatedText.parse(FixText.of(OPTION, item))
        : Fixes.named(item);
  }

  private static Fix ofFile(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
      if (bytes.length > FILE_BYTES_MAX) {
        throw new Trouble(Printable.of(file) + " is too long for a fix", "state one fix in a file");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return StatedText.parse(FixText.of(file, text));
    } catch (CharacterCodingException e) {
      throw new Trouble(Printable.of(file) + " is not text", "state the fix in UTF-8");
    } catch (IOException | InvalidPathException e) {
      throw new Trouble(
          Printable.of(file) + " cannot be read",
          "after @ stands a file with a statement such as 'mine: device := !pfn.valid'");
    }
  }
}
