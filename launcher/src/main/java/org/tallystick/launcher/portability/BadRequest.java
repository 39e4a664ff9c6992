package org.tallystick.launcher.portability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One request that no client should make.
 *
 * @param name for people
 * @param method of HTTP
 * @param path below the server's address, as it goes over the wire
 * @param headers and their values
 * @param body empty for none
 * @param statuses one of which the answer must have
 * @param problem whether the answer must be a problem document; else it must only tell nothing
 */
record BadRequest(
    String name,
    String method,
    String path,
    Map<String, String> headers,
    byte[] body,
    Set<Integer> statuses,
    boolean problem)
    implements BadInput {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public List<String> faults(HttpClient client, URI base) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .method(
                method,
                method.equals("GET") && body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return problem
        ? Refusal.faults(answer, statuses.iterator().next())
        : Refusal.faults(answer, statuses);
  }

  @Override
  public String toString() {
    return name;
  }
}
