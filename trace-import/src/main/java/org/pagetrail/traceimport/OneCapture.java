package org.pagetrail.traceimport;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pagetrail.traceimport.capture.Snapshot;
import org.pagetrail.traceimport.input.CaptureFile;
import org.pagetrail.traceimport.input.ImportException;
import org.pagetrail.traceimport.input.InputFiles.Folder;

/**
 * Whether several folders are parts of one capture. Two machines have the same addresses and page
 * frames, so that nothing in a trail would tell theirs apart: folders belong together only where
 * each has kinds of files that the others lack. Files that are given by themselves are the user's
 * choice.
 */
final class OneCapture {
  private OneCapture() {}

  /** What makes a second file of a kind another capture's. */
  private record Kind(String format, Snapshot taken) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      int byFormat = format.compareTo(other.format);
      return byFormat == 0 ? taken.compareTo(other.taken) : byFormat;
    }
  }

  /**
   * Checks what files are there, without reading more than their beginnings.
   *
   * @throws ImportException if two folders have files of one kind
   */
  static void require(List<Folder> folders, Formats formats) {
    if (folders.size() < 2) {
      return;
    }
    SortedMap<Kind, Folder> first = new TreeMap<>();
    for (Folder folder : folders) {
      for (CaptureFile file : folder.files()) {
        String format = formats.kindOf(file).orElse(null);
        if (format == null) {
          continue;
        }
        Folder other = first.putIfAbsent(new Kind(format, Snapshot.of(file.name())), folder);
        if (other != null && !other.equals(folder)) {
          throw several(format, other, folder);
        }
      }
    }
  }

  private static ImportException several(String format, Folder one, Folder other) {
    if (one.name().equals(other.name())) {
      return new ImportException(
          one.name(), "given twice", "one trail tells a run once", "name it once");
    }
    return new ImportException(
        one.name() + ", " + other.name(),
        "more than one capture",
        "both have " + format + ", and one trail cannot tell the pages of two runs apart",
        "import each alone: pagetrail import FOLDER -o FILE; of parts of one run, name the files"
            + " instead of the folders");
  }
}
