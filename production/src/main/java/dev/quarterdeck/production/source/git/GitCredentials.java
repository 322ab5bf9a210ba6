package dev.quarterdeck.production.source.git;

import dev.quarterdeck.settings.Secret;

/// User and password for fetching over HTTP. For an access token of Bitbucket Cloud the user is
/// `x-token-auth`.
public record GitCredentials(String user, Secret<String> password) {}
