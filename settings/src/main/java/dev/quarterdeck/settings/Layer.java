package dev.quarterdeck.settings;

/// Where a definition comes from, weakest first.
public enum Layer {
  /// The default of every profile.
  CODE_DEFAULT("code default"),
  /// The default of the chosen profile.
  PROFILE_DEFAULT("profile default"),
  /// The configuration file.
  FILE("config file"),
  /// An override file.
  OVERRIDE("override file"),
  /// A `.env` file.
  DOTENV(".env file"),
  /// The process environment, with the files that it names and systemd's credentials.
  ENVIRONMENT("environment"),
  /// The command line.
  ARGUMENT("command line");

  private final String label;

  Layer(String label) {
    this.label = label;
  }

  /// The name in messages.
  public String label() {
    return label;
  }
}
