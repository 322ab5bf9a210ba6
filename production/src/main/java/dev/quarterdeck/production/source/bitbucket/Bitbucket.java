package dev.quarterdeck.production.source.bitbucket;

import dev.quarterdeck.production.source.Source;
import java.util.regex.Pattern;

/// Opens repositories of Bitbucket.
public final class Bitbucket {
  private static final Pattern DATA_CENTER = Pattern.compile(".*/rest/api/(1\\.0|latest)/?");

  private Bitbucket() {}

  /// A source for the repository, of the dialect that the API root shows: `…/rest/api/1.0` and
  /// `…/rest/api/latest` are Data Center, anything else is Cloud. Nothing is asked yet.
  ///
  /// @param meter counts what is asked from now on
  /// @throws dev.quarterdeck.production.source.SourceException the API root or the token cannot be
  ///   used
  public static Source open(BitbucketOptions options, RequestMeter meter) {
    return open(options, BitbucketHttp.open(options, meter));
  }

  static Source open(BitbucketOptions options, BitbucketHttp http) {
    return isDataCenter(options)
        ? new DataCenterSource(options, http)
        : new CloudSource(options, http);
  }

  private static boolean isDataCenter(BitbucketOptions options) {
    String path = options.baseUrl().getPath();
    return path != null && DATA_CENTER.matcher(path).matches();
  }
}
