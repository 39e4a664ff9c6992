package org.tallystick.it;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What tests against the running server have in common.
 *
 * <p>All test classes share one server and one database, so a test brings accounts and devices of
 * its own and counts nothing that others may add to.
 */
@ExtendWith(ArquillianExtension.class)
public abstract class ServerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** One client for all. */
  protected static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  /** The very archive that is shipped. */
  @Deployment(testable = false)
  public static Archive<?> application() {
    File file = new File(System.getProperty("tallystick.it.archive"));
    return file.getName().endsWith(".ear")
        ? ShrinkWrap.createFromZipFile(EnterpriseArchive.class, file)
        : ShrinkWrap.createFromZipFile(WebArchive.class, file);
  }

  /** Where the server answers; ends with a slash. */
  protected static URI baseUri() {
    return URI.create("http://127.0.0.1:" + Integer.getInteger("tallystick.it.httpPort") + "/");
  }

  /** Below {@code /api/v1/}. */
  protected static URI api(String path) {
    return baseUri().resolve("api/v1/").resolve(path);
  }

  /** A request for JSON with the usual patience. */
  protected static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Accept", "application/json");
  }

  /** Sends it and reads the answer as text. */
  protected static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
