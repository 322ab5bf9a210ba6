package dev.quarterdeck.bookmarks.linkding;

import dev.quarterdeck.http.Request;
import dev.quarterdeck.runtime.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parts of a `multipart/form-data` body that lies in a file. Nothing of it is read into memory
/// but the heads of the parts and short texts.
final class Multipart {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;\\s]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME =
      Pattern.compile("\\bname=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE_NAME =
      Pattern.compile("\\bfilename=\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
  private static final Pattern TYPE =
      Pattern.compile(
          "^Content-Type:\\s*(\\S[^\\r\\n]*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final int PARTS_MAX = 20;
  private static final int HEAD_MAX = 8_192;
  private static final int TEXT_MAX = 65_536;

  private final Path body;
  private final Map<String, Part> parts = new LinkedHashMap<>();

  private Multipart(Path body) {
    this.body = body;
  }

  /// A part.
  ///
  /// @param fileName empty for a field
  /// @param from where its content begins in the body
  record Part(String fileName, String contentType, long from, long length) {}

  /// Finds the parts.
  ///
  /// @throws dev.quarterdeck.runtime.ProblemException 415 when the body is of another type, 400
  ///   when it is damaged
  static Multipart of(Request request) throws IOException {
    String type = request.header("Content-Type").orElse("");
    Matcher boundary = BOUNDARY.matcher(type);
    if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data") || !boundary.find()) {
      throw new Problem.UnsupportedMedia(
              "media_type",
              "Unsupported media type \"%s\" in request."
                  .formatted(type.replaceAll("\\p{Cntrl}", "")))
          .raise();
    }
    String name = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    Multipart form = new Multipart(request.bodyFile());
    try (FileChannel channel = FileChannel.open(form.body, StandardOpenOption.READ)) {
      if (channel.size() == 0) {
        return form;
      }
      form.find(
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()),
          ("--" + name).getBytes(StandardCharsets.ISO_8859_1));
    }
    return form;
  }

  private void find(ByteBuffer bytes, byte[] delimiter) {
    int at = next(bytes, 0, delimiter);
    while (at >= 0 && parts.size() < PARTS_MAX) {
      int head = at + delimiter.length;
      if (head + 2 > bytes.limit() || bytes.get(head) == '-') {
        return;
      }
      int headEnd = next(bytes, head, new byte[] {'\r', '\n', '\r', '\n'});
      if (headEnd < 0 || headEnd - head > HEAD_MAX) {
        throw damaged();
      }
      int from = headEnd + 4;
      int end = next(bytes, from - 2, crlf(delimiter));
      if (end < 0) {
        throw damaged();
      }
      part(text(bytes, head, headEnd), from, Math.max(from, end));
      at = end + 2;
    }
  }

  private static byte[] crlf(byte[] delimiter) {
    byte[] with = new byte[delimiter.length + 2];
    with[0] = '\r';
    with[1] = '\n';
    System.arraycopy(delimiter, 0, with, 2, delimiter.length);
    return with;
  }

  private void part(String head, int from, int end) {
    Matcher name = NAME.matcher(head.replaceAll("(?i)filename=\"[^\"]*\"", ""));
    Matcher file = FILE_NAME.matcher(head);
    Matcher type = TYPE.matcher(head);
    if (name.find()) {
      parts.putIfAbsent(
          name.group(1),
          new Part(
              file.find() ? file.group(1) : "",
              type.find() ? type.group(1).strip() : "",
              from,
              end - from));
    }
  }

  private static String text(ByteBuffer bytes, int from, int end) {
    byte[] text = new byte[end - from];
    bytes.get(from, text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static int next(ByteBuffer bytes, int from, byte[] wanted) {
    int last = bytes.limit() - wanted.length;
    for (int at = from; at <= last; at++) {
      int i = 0;
      while (i < wanted.length && bytes.get(at + i) == wanted[i]) {
        i++;
      }
      if (i == wanted.length) {
        return at;
      }
    }
    return -1;
  }

  private static RuntimeException damaged() {
    return new Problem.BadRequest(
            "multipart_invalid", "Multipart form parse error - Invalid boundary in multipart")
        .raise();
  }

  /// A part that is a file and not empty.
  Optional<Part> file(String name) {
    return Optional.ofNullable(parts.get(name)).filter(part -> !part.fileName().isEmpty());
  }

  /// A field; empty when it is absent or too long to be one.
  Optional<String> field(String name) throws IOException {
    Part part = parts.get(name);
    if (part == null || part.length() > TEXT_MAX) {
      return Optional.empty();
    }
    ByteBuffer text = ByteBuffer.allocate((int) part.length());
    try (FileChannel channel = FileChannel.open(body, StandardOpenOption.READ)) {
      while (text.hasRemaining() && channel.read(text, part.from() + text.position()) >= 0) {
        Thread.onSpinWait();
      }
    }
    return Optional.of(new String(text.array(), StandardCharsets.UTF_8));
  }

  /// Copies a file's content, durably.
  void copy(Part part, Path to) throws IOException {
    try (FileChannel from = FileChannel.open(body, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long done = 0;
      while (done < part.length()) {
        done += from.transferTo(part.from() + done, part.length() - done, out);
      }
      out.force(true);
    }
  }
}
