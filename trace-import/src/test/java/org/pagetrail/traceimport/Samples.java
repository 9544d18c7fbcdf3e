package org.pagetrail.traceimport;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** What real tools printed about a guest of a few instructions on Linux 6.18 for x86. */
public final class Samples {
  private static final ImportOptions KERNEL = ImportOptions.DEFAULT.withKernel("6.18", List.of());

  private static final Path BOOT =
      Path.of("..", "captures", "boots", "bug2014-6.1-bios64-thpnever");

  private Samples() {}

  /** Where a sample is. */
  public static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(Samples.class.getResource("/samples/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  /** What is imported of files together, on the kernel of the samples. */
  static Import imported(Path... inputs) {
    return CaptureImporter.importInputs(List.of(inputs), KERNEL);
  }

  /** The start of a sample, or with {@code boot:} of a file of a recorded boot, unpacked. */
  public static byte[] start(String name, int bytesMax) throws IOException {
    Path file = name.startsWith("boot:") ? BOOT.resolve(name.substring(5)) : file(name);
    try (InputStream in =
        name.endsWith(".xz")
            ? new XZInputStream(Files.newInputStream(file))
            : Files.newInputStream(file)) {
      return in.readNBytes(bytesMax);
    }
  }

  /** The trail of some samples. */
  public static Import imported(String... names) {
    return imported(Stream.of(names).map(Samples::file).toArray(Path[]::new));
  }
}
