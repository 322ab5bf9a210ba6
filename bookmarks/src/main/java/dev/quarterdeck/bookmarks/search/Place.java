package dev.quarterdeck.bookmarks.search;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.util.BytesRef;

/// The end of a page as a text that a caller hands back for the next one.
final class Place {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final int LAST_DOCUMENT = Integer.MAX_VALUE;

  private Place() {}

  static String text(Order order, FieldDoc doc) {
    StringBuilder text = new StringBuilder(order.name());
    for (Object value : doc.fields) {
      text.append('|');
      switch (value) {
        case BytesRef bytes ->
            text.append(ENCODER.encodeToString(BytesRef.deepCopyOf(bytes).bytes));
        case Float score -> text.append(Float.floatToIntBits(score));
        default -> text.append(value);
      }
    }
    return ENCODER.encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// @throws dev.quarterdeck.runtime.ProblemException 400 when the text is not a place of this
  ///   order
  static FieldDoc of(Order order, String text) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", -1);
      boolean three = order == Order.RELEVANCE;
      if (!parts[0].equals(order.name()) || parts.length != (three ? 4 : 3)) {
        throw SearchProblems.invalidPlace();
      }
      Object first =
          switch (order) {
            case TITLE, TITLE_REVERSED -> new BytesRef(Base64.getUrlDecoder().decode(parts[1]));
            case RELEVANCE -> Float.intBitsToFloat(Integer.parseInt(parts[1]));
            case NEWEST, OLDEST, LAST_MODIFIED, FIRST_MODIFIED -> Long.valueOf(parts[1]);
          };
      Object second = Long.valueOf(parts[2]);
      Object[] fields =
          three
              ? new Object[] {first, second, Long.valueOf(parts[3])}
              : new Object[] {first, second};
      return new FieldDoc(LAST_DOCUMENT, Float.NaN, fields);
    } catch (IllegalArgumentException unreadable) {
      throw SearchProblems.invalidPlace();
    }
  }
}
