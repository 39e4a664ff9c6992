package org.tallystick.launcher.portability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;

/**
 * Something that no client should send: to be refused in one form that tells nothing of the inside.
 *
 * <p>The tests of the packaged application and the portability run try the same {@link #all()}.
 */
public interface BadInput {
  /** Bytes that a request with a code may have. */
  int MAX_CODE_BODY = 16 * 1024;

  /** For people. */
  String name();

  /**
   * Sends it.
   *
   * @param base where the server answers; ends with a slash
   * @return what is wrong with the answer; empty where nothing is
   */
  List<String> faults(HttpClient client, URI base) throws IOException, InterruptedException;

  /** All of it. */
  static List<BadInput> all() {
    return BadInputSet.all();
  }
}
