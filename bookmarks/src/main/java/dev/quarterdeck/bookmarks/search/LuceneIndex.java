package dev.quarterdeck.bookmarks.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.FSDirectory;

/// One index on disk. It is written by one thread, which must never be interrupted, and searched by
/// any number.
final class LuceneIndex implements AutoCloseable {
  private static final double BUFFER_MB = 48;
  private static final String POSITION = "position";
  private static final String FORMAT = "format";

  static {
    // A query has at most 10,000 characters, and each of its words a clause for each field.
    IndexSearcher.setMaxClauseCount(50_000);
  }

  private final FSDirectory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final IndexDocuments documents = new IndexDocuments();

  private LuceneIndex(FSDirectory directory, IndexWriter writer) throws IOException {
    this.directory = directory;
    this.writer = writer;
    this.searchers = new SearcherManager(writer, null);
  }

  /// Opens an index, or makes an empty one where there is none.
  static LuceneIndex open(Path path) throws IOException {
    FSDirectory directory = FSDirectory.open(path);
    IndexWriter writer = null;
    boolean opened = false;
    try {
      writer = new IndexWriter(directory, config());
      LuceneIndex index = new LuceneIndex(directory, writer);
      opened = true;
      return index;
    } finally {
      if (!opened) {
        if (writer != null) {
          writer.rollback();
        }
        directory.close();
      }
    }
  }

  /// The position in a committed index, -1 when there is none, or it is of another format.
  static long committedPosition(Path path) throws IOException {
    try (FSDirectory directory = FSDirectory.open(path)) {
      if (!DirectoryReader.indexExists(directory)) {
        return -1;
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        Map<String, String> data = reader.getIndexCommit().getUserData();
        return Fields.VERSION.equals(data.get(FORMAT))
            ? Long.parseLong(Objects.requireNonNullElse(data.get(POSITION), "-1"))
            : -1;
      }
    }
  }

  private static IndexWriterConfig config() {
    ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
    merges.setMaxMergesAndThreads(4, 1);
    merges.disableAutoIOThrottle();
    TieredMergePolicy policy = new TieredMergePolicy();
    policy.setSegmentsPerTier(6);
    return new IndexWriterConfig(new NoAnalyzer())
        .setIndexSort(Order.ofIndex())
        .setRAMBufferSizeMB(BUFFER_MB)
        .setMergeScheduler(merges)
        .setMergePolicy(policy)
        .setCommitOnClose(false);
  }

  void put(Indexed bookmark) throws IOException {
    writer.updateDocument(new Term(Fields.ID, bookmark.id()), documents.of(bookmark));
  }

  /// Adds a bookmark that the index does not have, which is faster.
  void add(Indexed bookmark) throws IOException {
    writer.addDocument(documents.of(bookmark));
  }

  void remove(String id) throws IOException {
    writer.deleteDocuments(new Term(Fields.ID, id));
  }

  /// Shows searches what was written until now.
  void refresh() throws IOException {
    searchers.maybeRefreshBlocking();
  }

  /// Makes durable what was written until now.
  ///
  /// @param position up to which events are in the index
  void commit(long position) throws IOException {
    writer.setLiveCommitData(
        Map.of(POSITION, Long.toString(position), FORMAT, Fields.VERSION).entrySet());
    writer.commit();
  }

  /// How many bookmarks searches see.
  int size() throws IOException {
    return search(searcher -> searcher.getIndexReader().numDocs());
  }

  /// Searches what the last refresh shows.
  <T> T search(Search<T> search) throws IOException {
    IndexSearcher shared = searchers.acquire();
    try {
      IndexReader reader = shared.getIndexReader();
      return search.in(new IndexSearcher(reader));
    } finally {
      searchers.release(shared);
    }
  }

  /// Closes the index without committing.
  @Override
  public void close() throws IOException {
    searchers.close();
    writer.rollback();
    directory.close();
  }

  /// A search in one view of the index.
  interface Search<T> {
    T in(IndexSearcher searcher) throws IOException;
  }

  /// All terms are made beforehand.
  private static final class NoAnalyzer extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      throw new IllegalStateException(field + ": its terms were not made beforehand");
    }
  }
}
