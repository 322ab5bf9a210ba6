package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.SourceException;
import dev.quarterdeck.production.source.SourceFault;
import dev.quarterdeck.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What is sent to prove who asks, and what takes it out of texts that others wrote.
final class Credentials {
  private final Optional<Secret<String>> header;
  private final List<Secret<String>> forms;

  private Credentials(Optional<Secret<String>> header, List<Secret<String>> forms) {
    this.header = header;
    this.forms = List.copyOf(forms);
  }

  static Credentials of(Optional<Secret<String>> token, Optional<String> email) {
    if (token.isEmpty()) {
      return new Credentials(Optional.empty(), List.of());
    }
    String text = token.get().reveal();
    if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new SourceException(
          new SourceFault.NotConfigured(
              "BITBUCKET_TOKEN: it is empty or holds blanks or characters that no token has"
                  + " (expected: printable ASCII without blanks)"));
    }
    List<Secret<String>> forms = new ArrayList<>();
    forms.add(token.get());
    String sent = "Bearer " + text;
    if (email.isPresent()) {
      byte[] pair = (email.get() + ":" + text).getBytes(StandardCharsets.UTF_8);
      String encoded = Base64.getEncoder().encodeToString(pair);
      forms.add(Secret.of(encoded));
      sent = "Basic " + encoded;
    }
    return new Credentials(Optional.of(Secret.of(sent)), forms);
  }

  /// Whether there is anything to send.
  boolean present() {
    return header.isPresent();
  }

  /// The value of the Authorization header.
  Optional<Secret<String>> header() {
    return header;
  }

  /// The text without the token, should somebody have echoed it.
  String without(String text) {
    String clean = text;
    for (Secret<String> form : forms) {
      clean = clean.replace(form.reveal(), "<secret>");
    }
    return clean;
  }
}
