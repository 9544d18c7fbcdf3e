package org.pagetrail.traceimport.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that a user gave: files, the files of folders, the files in archives. Closing it
 * removes what was unpacked.
 */
public final class InputFiles implements AutoCloseable {
  /** A capture has a few dozen files; a folder with more is hardly one. */
  static final int FILES_MAX = 1000;

  private final long bytesMax;
  private final List<CaptureFile> files = new ArrayList<>();
  private final List<String> notRead = new ArrayList<>();
  private final List<Unpacked> unpacked = new ArrayList<>();
  private final List<Folder> folders = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private static final int LISTED_MAX = 8;

  private String captureName = "";

  /**
   * Files that lie in one place.
   *
   * @param name a folder, an archive, or a folder in an archive, as the user calls it
   */
  public record Folder(String name, List<CaptureFile> files) {
    /** Copies the list. */
    public Folder {
      files = List.copyOf(files);
    }
  }

  private InputFiles(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /**
   * Finds the files.
   *
   * @param bytesMax how many bytes one file, or one archive, may unpack to
   * @throws ImportException if an input is not there, not readable, no regular file, or an archive
   *     made to harm
   */
  public static InputFiles of(List<Path> inputs, long bytesMax) {
    InputFiles files = new InputFiles(bytesMax);
    try {
      for (Path input : inputs) {
        files.add(input, inputs.size() == 1);
      }
      return files;
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  /** All files, those of one folder or archive by name. */
  public List<CaptureFile> files() {
    return List.copyOf(files);
  }

  /** The name of the only folder or archive that was given, else empty. */
  public String captureName() {
    return captureName;
  }

  /** The folders and archives that were given; an archive of nothing but folders is these. */
  public List<Folder> folders() {
    return List.copyOf(folders);
  }

  /** What an archive has beside files and a folder beside them, one sentence each. */
  public List<String> notRead() {
    return List.copyOf(notRead);
  }

  private void add(Path input, boolean alone) {
    if (Files.isDirectory(input)) {
      int first = files.size();
      inFolder(input, Files::isRegularFile).forEach(file -> add(file.getFileName(), file));
      noteFolders(input);
      folders.add(new Folder(input.toString(), files.subList(first, files.size())));
      captureName = alone ? lastName(input.toAbsolutePath().normalize()) : "";
      return;
    }
    CaptureFile file = new CaptureFile(input.toString(), input, bytesMax);
    if (!Files.isReadable(input)) {
      throw notReadable(input, Files.exists(input) ? "there is no permission to read it" : null);
    }
    if (!TarArchive.isTar(file.head())) {
      add(input.getFileName(), input);
      return;
    }
    Unpacked archive = TarArchive.unpack(file);
    unpacked.add(archive);
    notRead.addAll(archive.notRead());
    addArchive(input.toString(), archive);
    captureName = alone ? archive.folder() : "";
  }

  private void addArchive(String name, Unpacked archive) {
    SortedMap<String, List<CaptureFile>> byFolder = new TreeMap<>();
    for (CaptureFile entry : archive.files()) {
      CaptureFile file = entry.named(unique(entry.name()));
      files.add(file);
      String folder = entry.name().substring(0, Math.max(0, entry.name().indexOf('/')));
      byFolder.computeIfAbsent(folder, key -> new ArrayList<>()).add(file);
    }
    if (byFolder.containsKey("")) {
      List<CaptureFile> all = byFolder.values().stream().flatMap(List::stream).toList();
      folders.add(new Folder(name, all));
    } else {
      byFolder.forEach((folder, its) -> folders.add(new Folder(name + ": " + folder, its)));
    }
  }

  private void add(Path name, Path file) {
    files.add(new CaptureFile(unique(name.toString()), file, bytesMax));
    if (files.size() > FILES_MAX) {
      throw tooMany(String.valueOf(file.getParent()));
    }
  }

  /** Two inputs may have the same name; their events must not seem to come from one. */
  private String unique(String name) {
    String candidate = name;
    for (int i = 2; !names.add(candidate); i++) {
      candidate = name + " (" + i + ")";
    }
    return candidate;
  }

  /** Folders in a folder may be other captures, or parts of this one; nobody can tell. */
  private void noteFolders(Path folder) {
    List<Path> folders = inFolder(folder, Files::isDirectory);
    if (folders.isEmpty()) {
      return;
    }
    int more = folders.size() - Math.min(folders.size(), LISTED_MAX);
    notRead.add(
        folder
            + ": folders in it are not read, "
            + folders.stream()
                .limit(LISTED_MAX)
                .map(InputFiles::lastName)
                .collect(Collectors.joining(", "))
            + (more == 0 ? "" : " and " + more + " more")
            + "; name each that belongs to this run as an input too");
  }

  private static List<Path> inFolder(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> children = Files.list(folder)) {
      List<Path> files =
          children
              .filter(wanted)
              .sorted(Comparator.comparing(InputFiles::lastName))
              .limit(FILES_MAX + 1)
              .toList();
      if (files.size() > FILES_MAX) {
        throw tooMany(folder.toString());
      }
      return files;
    } catch (IOException e) {
      throw notReadable(folder, Refusal.reason(e));
    }
  }

  private static String lastName(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  static ImportException tooMany(String where) {
    return new ImportException(
        where,
        "not a capture",
        "the folder has more than " + FILES_MAX + " files",
        "give the folder of one capture");
  }

  private static ImportException notReadable(Path input, @Nullable String why) {
    return new ImportException(
        input.toString(),
        "capture not readable",
        why == null ? "there is no such file or folder" : why,
        "give a file or folder that exists and that you may read");
  }

  @Override
  public void close() {
    unpacked.forEach(Unpacked::close);
  }
}
