package dev.quarterdeck.settings;

/// A place where a setting is, or should be, defined. Its [#toString] is how messages name it.
public sealed interface Place {
  /// No place: nothing defines the setting.
  record Nowhere() implements Place {
    @Override
    public String toString() {
      return "not set";
    }
  }

  /// A default.
  ///
  /// @param profile empty for the default of every profile
  record Default(String profile) implements Place {
    @Override
    public String toString() {
      return profile.isEmpty() ? "default" : "default of profile " + profile;
    }
  }

  /// A file as a whole.
  ///
  /// @param file its path as it was given
  record WholeFile(String file) implements Place {
    @Override
    public String toString() {
      return file;
    }
  }

  /// A place in a file.
  ///
  /// @param file its path as it was given
  /// @param line from 1
  /// @param column from 1, in code points
  record InFile(String file, int line, int column) implements Place {
    @Override
    public String toString() {
      return file + ":" + line + ":" + column;
    }
  }

  /// A variable of the process environment.
  ///
  /// @param name its name
  record Variable(String name) implements Place {
    @Override
    public String toString() {
      return "environment variable " + name;
    }
  }

  /// A `KEY=VALUE` of the command line.
  ///
  /// @param key what stands before the `=`; the whole text when there is none
  record Argument(String key) implements Place {
    @Override
    public String toString() {
      return "--set " + key;
    }
  }

  /// A file that holds one value.
  ///
  /// @param namedBy the variable that names it
  /// @param file its path
  record ValueFile(String namedBy, String file) implements Place {
    @Override
    public String toString() {
      return "file " + file + " (named by " + namedBy + ")";
    }
  }
}
