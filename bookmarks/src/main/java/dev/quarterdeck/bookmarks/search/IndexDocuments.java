package dev.quarterdeck.bookmarks.search;

import dev.quarterdeck.bookmarks.search.Fields.Text;
import dev.quarterdeck.bookmarks.search.Node.Property;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/// Turns bookmarks into documents of the index, one at a time: a document is to be written before
/// the next one is made. Belongs to one thread.
final class IndexDocuments {
  private static final int LONGEST_TITLE_ORDER = 60;
  private static final FieldType TERMS = new FieldType();

  static {
    TERMS.setTokenized(true);
    TERMS.setOmitNorms(true);
    TERMS.setIndexOptions(IndexOptions.DOCS);
    TERMS.freeze();
  }

  private final Map<Text, TermStream> streams = new EnumMap<>(Text.class);
  private final TermStream shorts = new TermStream();

  IndexDocuments() {
    Text.ALL.forEach(text -> streams.put(text, new TermStream()));
  }

  Document of(Indexed bookmark) {
    Document document = new Document();
    document.add(new StringField(Fields.ID, bookmark.id(), Field.Store.NO));
    document.add(new SortedDocValuesField(Fields.ID, new BytesRef(bookmark.id())));
    document.add(new NumericDocValuesField(Fields.NUMBER, bookmark.number()));
    document.add(new SortedDocValuesField(Fields.OWNER, new BytesRef(bookmark.owner())));
    term(document, Fields.OWNED, bookmark.owner());
    term(document, Fields.OWNED, Fields.owned(bookmark.owner(), bookmark.archived()));
    document.add(new LongPoint(Fields.ADDED, bookmark.added().toEpochMilli()));
    document.add(new NumericDocValuesField(Fields.ADDED, bookmark.added().toEpochMilli()));
    document.add(new LongPoint(Fields.MODIFIED, bookmark.modified().toEpochMilli()));
    document.add(new NumericDocValuesField(Fields.MODIFIED, bookmark.modified().toEpochMilli()));
    properties(document, bookmark);
    for (Indexed.TagName tag : bookmark.tags()) {
      String key = Fields.tag(bookmark.owner(), tag.id());
      term(document, Fields.TAG, key);
      document.add(new SortedSetDocValuesField(Fields.TAG, new BytesRef(key)));
    }
    String host = Sites.host(bookmark.url());
    document.add(new SortedDocValuesField(Fields.HOST, clipped(host, 255)));
    Sites.domains(host)
        .forEach(domain -> term(document, Fields.SITE, clipped(domain, 255).utf8ToString()));
    texts(document, bookmark);
    return document;
  }

  private static void properties(Document document, Indexed bookmark) {
    is(document, bookmark.unread() ? Property.UNREAD : Property.READ);
    is(document, bookmark.archived() ? Property.ARCHIVED : Property.ACTIVE);
    is(document, bookmark.tags().isEmpty() ? Property.UNTAGGED : Property.TAGGED);
    if (bookmark.shared()) {
      is(document, Property.SHARED);
    }
    if (bookmark.pinned()) {
      is(document, Property.PINNED);
    }
  }

  private void texts(Document document, Indexed bookmark) {
    TermSink sink = new TermSink();
    String order = "";
    for (Text text : Text.ALL) {
      String folded = Folded.text(text.of(bookmark));
      if (folded.isEmpty()) {
        continue;
      }
      if (order.isEmpty()) {
        order = folded;
      }
      TermStream stream = streams.get(text);
      if (stream != null) {
        document.add(new Field(text.field, stream.of(sink.add(folded)), TERMS));
      }
      byte[] bytes = folded.getBytes(StandardCharsets.UTF_8);
      document.add(new BinaryDocValuesField(text.field, new BytesRef(bytes)));
    }
    document.add(new Field(Fields.SHORTS, shorts.of(sink.shorts()), TERMS));
    document.add(new SortedDocValuesField(Fields.TITLE_ORDER, clipped(order, LONGEST_TITLE_ORDER)));
  }

  private static void is(Document document, Property property) {
    term(document, Fields.IS, term(property));
  }

  static String term(Property property) {
    return property.name().toLowerCase(Locale.ROOT);
  }

  private static void term(Document document, String field, String value) {
    document.add(new StringField(field, value, Field.Store.NO));
  }

  /// The first characters of a text: doc values and terms have a greatest length.
  private static BytesRef clipped(String text, int longest) {
    if (text.length() <= longest) {
      return new BytesRef(text);
    }
    boolean splits = Character.isHighSurrogate(text.charAt(longest - 1));
    return new BytesRef(text.substring(0, splits ? longest - 1 : longest));
  }
}
