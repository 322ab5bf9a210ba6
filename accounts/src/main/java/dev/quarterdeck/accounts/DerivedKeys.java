package dev.quarterdeck.accounts;

import dev.quarterdeck.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// Keys for one purpose each, derived from SECRET_KEY by HKDF-SHA512. They are 64 bytes long,
/// enough for HS512, however long the secret is; and a token of one purpose proves nothing for
/// another.
///
/// @param keys the first signs, all verify
record DerivedKeys(List<byte[]> keys) {
  private static final int BYTES = 64;
  private static final byte[] SALT = "quarterdeck".getBytes(StandardCharsets.US_ASCII);

  static DerivedKeys of(SecretKeys secrets, String purpose) {
    List<byte[]> keys = new ArrayList<>();
    keys.add(derive(secrets.current(), purpose));
    secrets.previous().ifPresent(key -> keys.add(derive(key, purpose)));
    return new DerivedKeys(List.copyOf(keys));
  }

  byte[] signing() {
    return keys.getFirst();
  }

  private static byte[] derive(Secret<String> secret, String purpose) {
    try {
      return KDF.getInstance("HKDF-SHA512")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(secret.reveal().getBytes(StandardCharsets.UTF_8))
                  .addSalt(SALT)
                  .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), BYTES));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("HKDF-SHA512: not in this JDK (expected: JDK 25)", missing);
    }
  }

  @Override
  public String toString() {
    return "DerivedKeys[" + keys.size() + "]";
  }
}
