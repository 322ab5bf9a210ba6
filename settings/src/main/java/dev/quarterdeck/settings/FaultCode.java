package dev.quarterdeck.settings;

/// The stable codes of the engine's own faults.
public enum FaultCode {
  /// A file, or a command line, has a key that no setting has.
  UNKNOWN_KEY("settings.unknown_key"),
  /// A table is needed where something else stands.
  NOT_A_TABLE("settings.not_a_table"),
  /// A value has another type than the setting.
  WRONG_TYPE("settings.wrong_type"),
  /// A value breaks the setting's constraint.
  OUT_OF_RANGE("settings.constraint"),
  /// A setting without default has no value.
  MISSING("settings.missing"),
  /// One file gives a setting under both of its spellings.
  TWO_SPELLINGS("settings.two_spellings"),
  /// A table in one file, a plain value in another.
  SHAPE_CHANGED("settings.shape_changed"),
  /// A text that names no variant of a sealed interface.
  UNKNOWN_VARIANT("settings.unknown_variant"),
  /// A setting of another variant than the one that was chosen.
  OTHER_VARIANT("settings.other_variant"),
  /// A setting under its old name and under its new one, with different values.
  RELOCATED_TWICE("settings.relocated_twice"),
  /// A setting that no longer exists.
  DEFUNCT("settings.defunct"),
  /// An environment variable that two settings of lists or maps would have.
  AMBIGUOUS_VARIABLE("settings.ambiguous_variable"),
  /// A profile that the program does not have.
  UNKNOWN_PROFILE("settings.unknown_profile"),
  /// A secret, or a URL with a password, in a TOML file or on the command line.
  SECRET_EXPOSED("settings.secret_exposed"),
  /// A strict profile uses a secret that is another profile's public default.
  PUBLIC_SECRET("settings.public_secret"),
  /// A `.env` file with secrets that others may read, in a strict profile.
  READABLE_SECRETS("settings.readable_secrets"),
  /// A secret that is given twice in one layer: as a value and as a file.
  TWO_SOURCES("settings.two_sources"),
  /// A file with a secret's value that cannot be used.
  VALUE_FILE("settings.value_file"),
  /// A settings file that cannot be used.
  FILE("settings.file"),
  /// A `--set` that is not `KEY=VALUE`.
  BAD_ARGUMENT("settings.bad_argument"),
  /// Settings that do not fit together.
  RULE("settings.rule"),
  /// A warning of a rule.
  ADVICE("settings.advice"),
  /// A warning: a setting under the name that it had before.
  RELOCATED("settings.relocated"),
  /// A warning: a setting that nobody should use any more.
  DEPRECATED("settings.deprecated"),
  /// A default of the program's own that its converter refuses.
  BAD_DEFAULT("settings.bad_default"),
  /// A record refuses its values in its constructor.
  RECORD("settings.record"),
  /// A warning: a variable that Kubernetes made for a service, not meant for the setting.
  SERVICE_LINK("settings.service_link"),
  /// A warning: a variable whose name is nearly a setting's.
  NEAR_MISS("settings.near_miss");

  private final String code;

  FaultCode(String code) {
    this.code = code;
  }

  /// The code as messages and JSON show it.
  public String code() {
    return code;
  }
}
