package org.tallystick.launcher.bank;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/** A plain web socket on which the bank pushes answers, without the device SDK. */
public final class PushedAnswers implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 30;

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  /**
   * Opens it.
   *
   * @param base where the bank is; ends with a slash
   */
  public PushedAnswers(HttpClient client, URI base) {
    URI uri = URI.create(base.resolve("ws/v1/answers").toString().replaceFirst("^http", "ws"));
    this.socket = client.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  /** Asks for the answers under these pickup tokens. */
  public void subscribe(List<byte[]> pickups) {
    String tokens =
        pickups.stream()
            .map(pickup -> '"' + Base64Url.encode(pickup) + '"')
            .collect(Collectors.joining(","));
    socket.sendText("{\"subscribe\":[" + tokens + "]}", true).join();
  }

  /**
   * The next pushed message.
   *
   * @throws IllegalStateException where none comes
   */
  public JsonNode next() throws InterruptedException {
    String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new IllegalStateException("no answer was pushed");
    }
    try {
      return JSON.readTree(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    partial.append(part);
    if (last) {
      messages.add(partial.toString());
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
