package dev.quarterdeck.settings.dotenv;

/// Reads `.env` files in the strict dialect of settings/docs/dotenv.md.
public final class DotEnv {
  private DotEnv() {}

  /// Reads a file from its bytes, strict UTF-8. Throws nothing whatever the input: faults are in
  /// the result. Takes time linear in the number of bytes.
  public static DotEnvResult parse(byte[] bytes) {
    return new DotEnvParser(bytes).read();
  }
}
