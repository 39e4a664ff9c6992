package org.tallystick.answer;

import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.json.BodyTooLargeException;
import org.tallystick.json.JsonRefusedException;
import org.tallystick.json.StrictJson;

/**
 * {@code /ws/v1/answers}: a device says what it waits for and is told when it is there.
 *
 * <p>Takes {@code {"subscribe": [pickup, ...]}}, sends {@code {"pickup": ..., "answer": ...}}, and
 * before that {@code {"pickup": ..., "progress": ...}} where there is progress. A socket waits for
 * 64 answers at most; whoever breaks the form is disconnected.
 */
@ServerEndpoint("/ws/v1/answers")
public class AnswerSocket {
  private static final Logger LOG = System.getLogger(AnswerSocket.class.getName());
  private static final int MAX_SUBSCRIPTIONS = 64;
  private static final int MAX_MESSAGE_BYTES = 8 * 1024;
  private static final int PICKUP_LENGTH = 16;
  private static final int PICKUP_CHARS = 22;
  private static final long IDLE_MILLIS = 120_000;
  private static final long SEND_MILLIS = 10_000;

  @Inject Answers answers;
  @Inject AnswerRegistry registry;
  @Inject OpenSockets sockets;

  private final Map<String, AnswerRegistry.Waiter> waiting = new LinkedHashMap<>();

  /** Sets the socket's limits. */
  @OnOpen
  public void open(Session session) throws IOException {
    session.setMaxTextMessageBufferSize(MAX_MESSAGE_BYTES);
    session.setMaxIdleTimeout(IDLE_MILLIS);
    session.getAsyncRemote().setSendTimeout(SEND_MILLIS);
    if (!sockets.add(session)) {
      session.close(new CloseReason(CloseCodes.TRY_AGAIN_LATER, "too many sockets"));
    }
  }

  /** Takes a subscription. */
  @OnMessage(maxMessageSize = MAX_MESSAGE_BYTES)
  public void subscribe(String message, Session session) throws IOException {
    Map<String, byte[]> wanted = new LinkedHashMap<>();
    try {
      byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
      StrictJson body = StrictJson.read(new ByteArrayInputStream(bytes), MAX_MESSAGE_BYTES);
      for (String text : body.requireTexts("subscribe", MAX_SUBSCRIPTIONS, PICKUP_CHARS)) {
        wanted.put(text, pickup(text));
      }
      body.end();
    } catch (JsonRefusedException | BodyTooLargeException | MalformedInputException refused) {
      session.close(new CloseReason(CloseCodes.VIOLATED_POLICY, "not a subscription"));
      return;
    }
    if (!register(wanted, session)) {
      session.close(new CloseReason(CloseCodes.VIOLATED_POLICY, "too many subscriptions"));
      return;
    }
    // registered first, looked up afterwards: no answer falls in between
    registry.arrived(answers.find(List.copyOf(wanted.values())));
  }

  /** Ends all waiting of the socket. */
  @OnClose
  public void close(Session session) {
    sockets.remove(session);
    synchronized (waiting) {
      waiting.values().forEach(AnswerRegistry.Waiter::close);
      waiting.clear();
    }
  }

  /** What goes wrong on a socket ends it. */
  @OnError
  public void failed(Session session, Throwable failure) {
    LOG.log(Level.DEBUG, "a socket failed", failure);
    close(session);
  }

  private boolean register(Map<String, byte[]> wanted, Session session) {
    synchronized (waiting) {
      wanted.keySet().removeIf(waiting::containsKey);
      if (waiting.size() + wanted.size() > MAX_SUBSCRIPTIONS || !registry.hasRoom()) {
        return false;
      }
      wanted.forEach(
          (text, pickup) ->
              waiting.put(text, registry.register(pickup, found -> send(session, text, found))));
      return true;
    }
  }

  private void send(Session session, String pickup, ReadyAnswer found) {
    if (found.isLast()) {
      synchronized (waiting) {
        waiting.remove(pickup);
      }
    }
    String message =
        Json.createObjectBuilder()
            .add("pickup", pickup)
            .add(found.isLast() ? "answer" : "progress", Base64Url.encode(found.sealed()))
            .build()
            .toString();
    session
        .getAsyncRemote()
        .sendText(
            message,
            result -> {
              if (!result.isOK()) {
                LOG.log(Level.DEBUG, "an answer did not reach its socket", result.getException());
              }
            });
  }

  private static byte[] pickup(String text) {
    byte[] pickup = Base64Url.decode(text);
    if (pickup.length != PICKUP_LENGTH) {
      throw new MalformedInputException("a pickup token has 16 bytes");
    }
    return pickup;
  }
}
