package org.pagetrail.traceimport.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks a tar archive, itself compressed or not, of a capture folder. */
final class TarArchive {
  private static final int MAGIC_OFFSET = 257;
  private static final byte[] MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

  private TarArchive() {}

  /** True if a file that begins so is a tar archive. */
  static boolean isTar(byte[] head) {
    if (head.length < MAGIC_OFFSET + MAGIC.length) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (head[MAGIC_OFFSET + i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Unpacks all files.
   *
   * @throws ImportException if an entry's path leaves the folder, if it holds more than a capture
   *     does, or if the archive is damaged
   */
  static Unpacked unpack(CaptureFile archive) {
    Path place = place(archive);
    try (InputStream in = archive.content();
        TarArchiveInputStream tar = new TarArchiveInputStream(in, StandardCharsets.UTF_8.name())) {
      return unpack(archive, tar, place);
    } catch (IOException | IllegalArgumentException e) {
      Unpacked.remove(place);
      throw new ImportException(
          archive.name(),
          "archive damaged or cut",
          e instanceof IOException io ? Refusal.reason(io) : "an entry is none",
          "unpack what is left of it with tar, and give the folder",
          e);
    } catch (ImportException e) {
      Unpacked.remove(place);
      throw e;
    }
  }

  private static Unpacked unpack(CaptureFile archive, TarArchiveInputStream tar, Path place)
      throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    List<String> notRead = new ArrayList<>();
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String name = inside(archive, entry.getName());
      if (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink() && !name.isEmpty()) {
        Path file = place.resolve(Integer.toString(files.size()));
        Files.copy(tar, file);
        files.put(name, file);
      } else if (!entry.isDirectory()) {
        notRead.add(archive.name() + ": " + name + " is no plain file and is not read");
      }
      if (files.size() + notRead.size() > InputFiles.FILES_MAX) {
        throw InputFiles.tooMany(archive.name());
      }
    }
    String folder = folderOfAll(files);
    List<CaptureFile> captured = new ArrayList<>();
    files.forEach((name, file) ->
        captured.add(new CaptureFile(name.substring(folder.length()), file, archive.bytesMax())));
    return new Unpacked(lastName(folder), captured, place, notRead);
  }

  /** The path of an entry without empty parts and dots. */
  private static String inside(CaptureFile archive, String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        throw leaves(archive, path);
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    if (path.startsWith("/") || path.indexOf('\0') >= 0) {
      throw leaves(archive, path);
    }
    return String.join("/", parts);
  }

  private static ImportException leaves(CaptureFile archive, String path) {
    return new ImportException(
        archive.name(),
        "archive refused",
        "the entry " + path + " leaves the folder that the archive is unpacked to",
        "make the archive of a folder, with paths below it");
  }

  /** The folder, with its slash, that all files are in; empty if there is none. */
  private static String folderOfAll(SortedMap<String, Path> files) {
    if (files.isEmpty()) {
      return "";
    }
    String first = files.firstKey();
    String folder = first.substring(0, first.lastIndexOf('/') + 1);
    while (!folder.isEmpty() && !files.lastKey().startsWith(folder)) {
      folder = folder.substring(0, folder.lastIndexOf('/', folder.length() - 2) + 1);
    }
    return folder;
  }

  private static String lastName(String folder) {
    return folder.isEmpty()
        ? ""
        : folder.substring(folder.lastIndexOf('/', folder.length() - 2) + 1, folder.length() - 1);
  }

  private static Path place(CaptureFile archive) {
    try {
      return Files.createTempDirectory("pagetrail-");
    } catch (IOException e) {
      throw new ImportException(
          archive.name(),
          "archive not unpacked",
          "the folder of temporary files refuses: " + Refusal.reason(e),
          "unpack it with tar, and give the folder",
          e);
    }
  }
}
