package org.pagetrail.traceimport;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What real tools printed about a guest of a few instructions on Linux 6.18 for x86. */
public final class Samples {
  private static final ImportOptions KERNEL = ImportOptions.DEFAULT.withKernel("6.18", List.of());

  private Samples() {}

  /** Where a sample is. */
  public static Path file(String name) {
    try {
      return Path.of(Objects.requireNonNull(Samples.class.getResource("/samples/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  /** The trail of some samples. */
  public static Import imported(String... names) {
    return CaptureImporter.importInputs(
        List.of(names).stream().map(Samples::file).toList(), KERNEL);
  }
}
