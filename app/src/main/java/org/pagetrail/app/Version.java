package org.pagetrail.app;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the manifest; {@code "unpackaged"} outside of a jar. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {"pagetrail " + Objects.requireNonNullElse(version, "unpackaged")};
  }
}
