package dev.quarterdeck.production.fakes;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/// Git over HTTP as Bitbucket serves it: the smart protocol, read only, with one token.
public final class FakeGitServer implements AutoCloseable {
  /// The user that goes with an access token.
  public static final String USER = "x-token-auth";

  private static final String ROOT = "/acme/org.git";

  private final Repository repository;
  private final LoopbackServer server;

  private FakeGitServer(Repository repository) {
    this.repository = repository;
    this.server = LoopbackServer.start(this::answer);
  }

  public static FakeGitServer serve(Path gitDirectory) {
    try {
      return new FakeGitServer(new FileRepository(gitDirectory.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What to clone.
  public URI url() {
    return URI.create(server.address() + ROOT);
  }

  public LoopbackServer server() {
    return server;
  }

  private Reply answer(Request request) {
    String expected = USER + ":" + FakeBitbucket.TOKEN;
    String sent = request.header("authorization").orElse("");
    if (!sent.equals(
        "Basic " + Base64.getEncoder().encodeToString(expected.getBytes(StandardCharsets.UTF_8)))) {
      return Reply.text(401, "Unauthorized").with("WWW-Authenticate", "Basic realm=\"fake\"");
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      UploadPack upload = new UploadPack(repository);
      upload.setBiDirectionalPipe(false);
      if (request.rawPath().equals(ROOT + "/info/refs")) {
        PacketLineOut lines = new PacketLineOut(out);
        lines.writeString("# service=git-upload-pack\n");
        lines.end();
        upload.sendAdvertisedRefs(new RefAdvertiser.PacketLineOutRefAdvertiser(lines));
        return Reply.bytes(200, "application/x-git-upload-pack-advertisement", out.toByteArray());
      }
      if (request.rawPath().equals(ROOT + "/git-upload-pack")) {
        try (InputStream body = body(request)) {
          upload.upload(body, out, null);
        }
        return Reply.bytes(200, "application/x-git-upload-pack-result", out.toByteArray());
      }
      return Reply.text(404, "Repository not found");
    } catch (IOException e) {
      return Reply.text(500, String.valueOf(e.getMessage()));
    }
  }

  private static InputStream body(Request request) throws IOException {
    InputStream plain = new ByteArrayInputStream(request.body());
    return request.header("content-encoding").orElse("").equals("gzip")
        ? new GZIPInputStream(plain)
        : plain;
  }

  @Override
  public void close() {
    server.close();
    repository.close();
  }
}
