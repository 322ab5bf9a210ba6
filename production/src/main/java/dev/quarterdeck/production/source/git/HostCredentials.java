package dev.quarterdeck.production.source.git;

import java.net.URI;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;

/// Credentials that one host gets and no host that it redirects to.
final class HostCredentials extends CredentialsProvider {
  private final URI remote;
  private final GitCredentials credentials;

  HostCredentials(URI remote, GitCredentials credentials) {
    this.remote = remote;
    this.credentials = credentials;
  }

  @Override
  public boolean isInteractive() {
    return false;
  }

  @Override
  public boolean supports(CredentialItem... items) {
    for (CredentialItem item : items) {
      if (!(item instanceof CredentialItem.Username)
          && !(item instanceof CredentialItem.Password)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean get(URIish uri, CredentialItem... items) {
    if (!supports(items)
        || !remote.getScheme().equalsIgnoreCase(uri.getScheme())
        || !remote.getHost().equalsIgnoreCase(uri.getHost())
        || remote.getPort() != uri.getPort()) {
      return false;
    }
    for (CredentialItem item : items) {
      if (item instanceof CredentialItem.Username user) {
        user.setValue(credentials.user());
      } else if (item instanceof CredentialItem.Password password) {
        password.setValue(credentials.password().reveal().toCharArray());
      }
    }
    return true;
  }
}
