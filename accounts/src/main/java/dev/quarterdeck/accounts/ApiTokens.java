package dev.quarterdeck.accounts;

import dev.quarterdeck.accounts.Aggregates.Step;
import dev.quarterdeck.runtime.Ids;
import dev.quarterdeck.store.Documents;
import dev.quarterdeck.store.Query;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// API tokens: secrets with scopes for the command line, for CI and for linkding's clients. Safe
/// for all threads.
public final class ApiTokens {
  /// What every secret starts with.
  public static final String PREFIX = "qd_";

  private static final int LIMIT = 50;

  /// Length of a secret: what linkding's clients expect of theirs.
  private static final int SECRET_CHARACTERS = 40;

  private static final int RANDOM_BYTES = 28;
  private static final int HINT_CHARACTERS = PREFIX.length() + 4;

  private final Aggregates<ApiToken> tokens;
  private final Users users;
  private final Ids ids;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  ApiTokens(Users users, Documents documents, Ids ids, InstantSource clock) {
    this.users = users;
    this.ids = ids;
    this.clock = clock;
    this.tokens =
        new Aggregates<>(
            documents,
            AccountKinds.API_TOKEN,
            ApiToken.class,
            token ->
                Map.of(
                    "secret_hash",
                    token.secretHash(),
                    "user",
                    token.userId(),
                    "created_at",
                    token.createdAt().toEpochMilli()));
  }

  /// Makes a token. Its secret is in the answer and nowhere else.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 400 when the user has too many
  public Made create(String userId, String name, Set<Scope> scopes, Optional<Instant> expiresAt) {
    User user = users.find(userId).orElseThrow(AccountProblems::noUser);
    if (of(userId).size() >= LIMIT) {
      throw AccountProblems.tooManyTokens(LIMIT);
    }
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String secret =
        (PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
            .substring(0, SECRET_CHARACTERS);
    ApiToken token =
        new ApiToken(
            ids.next(),
            userId,
            name,
            scopes.stream().sorted().toList(),
            Digests.sha256(secret),
            secret.substring(0, HINT_CHARACTERS),
            user.tokenEpoch(),
            clock.instant(),
            expiresAt,
            Optional.empty());
    tokens.changeInPlace(token.id(), _ -> Step.to(token));
    return new Made(view(token, user), secret);
  }

  /// The user's tokens, the oldest first.
  public List<View> list(String userId) {
    User user = users.find(userId).orElseThrow(AccountProblems::noUser);
    return of(userId).stream().map(token -> view(token, user)).toList();
  }

  /// Ends a token at once.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 404 when the user has none with this id
  public void delete(String userId, String id) {
    if (tokens.find(id).filter(token -> token.userId().equals(userId)).isEmpty()) {
      throw AccountProblems.noToken();
    }
    tokens.delete(id);
  }

  /// The user of a secret and what it may do.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 401 when it is unknown, expired or void
  Granted resolve(String secret) {
    ApiToken token =
        tokens
            .findBy("secret_hash", Digests.sha256(secret))
            .orElseThrow(AccountProblems::unknownApiToken);
    Instant now = clock.instant();
    if (token.expired(now)) {
      throw AccountProblems.expiredToken();
    }
    User user = users.find(token.userId()).orElseThrow(AccountProblems::revokedToken);
    users.admit(user, token.epoch());
    if (token.staleUse(now)) {
      tokens.changeInPlace(
          token.id(), before -> before.flatMap(present -> Step.to(present.used(now))));
    }
    return new Granted(
        user, token.scopes().stream().map(Scope::label).collect(Collectors.toUnmodifiableSet()));
  }

  private List<ApiToken> of(String userId) {
    return tokens.all(List.of(new Query.Equal("user", userId)), "created_at");
  }

  private View view(ApiToken token, User user) {
    return new View(
        token.id(),
        token.name(),
        token.scopes().stream().map(Scope::label).toList(),
        token.hint(),
        !token.expired(clock.instant()) && token.epoch() == user.tokenEpoch(),
        token.createdAt(),
        token.expiresAt(),
        token.lastUsedAt());
  }

  /// A user let in by a token.
  record Granted(User user, Set<String> scopes) {}

  /// A new token with its secret.
  public record Made(View view, String secret) {
    @Override
    public String toString() {
      return "Made[" + view + "]";
    }
  }

  /// What the user sees of a token.
  ///
  /// @param hint the first characters of the secret
  /// @param valid false when it has expired or a change of password, role or status ended it
  /// @param lastUsedAt to within ten minutes
  public record View(
      String id,
      String name,
      List<String> scopes,
      String hint,
      boolean valid,
      Instant createdAt,
      Optional<Instant> expiresAt,
      Optional<Instant> lastUsedAt) {
    public View {
      scopes = List.copyOf(scopes);
    }
  }
}
