package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.settings.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Which repository of which Bitbucket is asked, as whom, and with how much at once.
///
/// @param baseUrl API root: `https://api.bitbucket.org/2.0`, or `https://host/rest/api/1.0`
/// @param workspace workspace on Cloud, project key on Data Center
/// @param token sent to the host of the API root only
/// @param email of the token's owner; with it the token is sent as Basic, else as Bearer
/// @param maxWorkers requests in flight at once, over all calls
/// @param poolMaxsize open connections, kept alive
/// @param timeout of one attempt, from its start to the first byte of the answer
public record BitbucketOptions(
    URI baseUrl,
    String workspace,
    String repo,
    Optional<Secret<String>> token,
    Optional<String> email,
    int maxWorkers,
    int poolMaxsize,
    Duration timeout) {}
