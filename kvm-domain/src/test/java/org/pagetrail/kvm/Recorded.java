package org.pagetrail.kvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.StringJoiner;
import org.pagetrail.kvm.model.Arch;
import org.pagetrail.kvm.model.KernelModel;
import org.pagetrail.kvm.model.Kernels;

/**
 * A table that stands beside its test as a resource: what the model said when it was last read by
 * somebody. A difference is a change of the model, to be read line by line; {@code
 * -Dpagetrail.tables.write=DIR} writes the new table into a folder.
 */
public record Recorded(Class<?> test, String name) {

  /** The lines as they stand. */
  public List<String> lines() {
    try (InputStream stream = test.getResourceAsStream(name)) {
      return stream == null
          ? List.of()
          : new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The first line that differs, under the last line before it that names a step; empty if none.
   */
  public String difference(List<String> lines) {
    List<String> recorded = lines();
    String heading = "";
    for (int i = 0; i < Math.max(lines.size(), recorded.size()); i++) {
      String was = i < recorded.size() ? recorded.get(i) : "(end)";
      String is = i < lines.size() ? lines.get(i) : "(end)";
      if (!was.equals(is)) {
        return name + ":" + (i + 1) + ": in " + heading + "\nwas " + was + "\nis  " + is;
      }
      heading = is.startsWith(" ") ? heading : is;
    }
    return "";
  }

  /** Kernels in few words: {@code arm64 3.12 to 4.18, x86 6.1}. */
  public static String named(List<KernelModel> kernels) {
    StringJoiner names = new StringJoiner(", ");
    for (Arch arch : Arch.values()) {
      List<String> all = Kernels.releases(arch);
      BitSet named = new BitSet();
      kernels.stream()
          .filter(kernel -> kernel.arch() == arch)
          .forEach(kernel -> named.set(all.indexOf(kernel.release())));
      for (int from = named.nextSetBit(0); from >= 0; ) {
        int to = named.nextClearBit(from) - 1;
        names.add(arch.word() + " " + all.get(from) + (to == from ? "" : " to " + all.get(to)));
        from = named.nextSetBit(to + 1);
      }
    }
    return names.toString();
  }

  /** Writes the lines where the command line asks for it. */
  public void offer(List<String> lines) {
    String folder = System.getProperty("pagetrail.tables.write");
    if (folder == null) {
      return;
    }
    try {
      Files.write(Path.of(folder, name), lines, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
