package dev.quarterdeck.server.cli;

import picocli.CommandLine.IVersionProvider;

/// The version of this build.
public final class Version implements IVersionProvider {
  /// As the jar's manifest says; `development` outside of a jar.
  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "quarterdeck " + text() + " (Java " + Runtime.version() + ")",
    };
  }
}
