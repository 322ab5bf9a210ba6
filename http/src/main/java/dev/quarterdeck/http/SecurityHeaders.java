package dev.quarterdeck.http;

import java.util.LinkedHashMap;
import java.util.Map;

/// The headers that every answer carries; a handler may set stricter or wider ones itself.
final class SecurityHeaders {
  private static final String PAGE_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; worker-src 'self' blob:; form-action 'self';"
          + " base-uri 'none'; frame-ancestors 'none'";
  private static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  static Map<String, String> of(Response response) {
    boolean page =
        response.body() instanceof Response.Bytes bytes
            && bytes.contentType().startsWith("text/html");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "same-origin");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Content-Security-Policy", page ? PAGE_POLICY : DATA_POLICY);
    headers.put("Cache-Control", "no-store");
    return headers;
  }
}
