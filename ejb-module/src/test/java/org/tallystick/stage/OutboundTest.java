package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutboundTest {
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger sends = new AtomicInteger();
  private final List<Integer> failingCommits = new ArrayList<>();
  private volatile boolean brokerAway;

  private final Outbound outbound =
      new Outbound(
          fake(ConnectionFactory.class, this::answer),
          fake(Queue.class, this::answer),
          DeliveryMode.PERSISTENT);
  private final Thread thread = new Thread(outbound);

  private interface Answer {
    Object to(String method) throws JMSException;
  }

  private static <T> T fake(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName())));
  }

  private Object answer(String method) throws JMSException {
    switch (method) {
      case "createConnection" -> {
        if (brokerAway) {
          throw new JMSException("away");
        }
        connections.incrementAndGet();
        return fake(Connection.class, this::answer);
      }
      case "createSession" -> {
        return fake(Session.class, this::answer);
      }
      case "createProducer" -> {
        return fake(MessageProducer.class, this::answer);
      }
      case "send" -> sends.incrementAndGet();
      case "commit" -> {
        if (failingCommits.contains(commits.incrementAndGet())) {
          throw new JMSException("lost");
        }
      }
      default -> {
        return null;
      }
    }
    return null;
  }

  @AfterEach
  void stop() throws InterruptedException {
    outbound.close();
    thread.join(5_000);
  }

  private static boolean sent(CompletableFuture<Boolean> future) throws Exception {
    return future.get(5, TimeUnit.SECONDS);
  }

  @Test
  void whatWaits_sharesOneCommit() throws Exception {
    List<CompletableFuture<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(outbound.send(session -> null));
    }
    thread.start();
    for (CompletableFuture<Boolean> future : all) {
      assertThat(sent(future)).isTrue();
    }
    assertThat(commits).hasValue(1);
    assertThat(sends).hasValue(40);
  }

  @Test
  void lostLink_isOpenedAnew_once() throws Exception {
    failingCommits.add(2);
    thread.start();
    assertThat(sent(outbound.send(session -> null))).isTrue();
    assertThat(sent(outbound.send(session -> null))).isTrue();
    assertThat(connections).hasValue(2);
  }

  @Test
  void brokerAway_isToldToTheSender_andItComesBack() throws Exception {
    brokerAway = true;
    thread.start();
    CompletableFuture<Boolean> refused = outbound.send(session -> null);
    assertThatThrownBy(() -> sent(refused)).isInstanceOf(ExecutionException.class);
    brokerAway = false;
    assertThat(sent(outbound.send(session -> null))).isTrue();
  }

  @Test
  void cancelledBeforeItsTurn_isNotSent() throws Exception {
    CompletableFuture<Boolean> given = outbound.send(session -> null);
    given.cancel(false);
    CompletableFuture<Boolean> kept = outbound.send(session -> null);
    thread.start();
    assertThat(sent(kept)).isTrue();
    assertThat(sends).hasValue(1);
  }

  @Test
  void afterTheEnd_nothingIsTaken() throws Exception {
    thread.start();
    outbound.close();
    thread.join(5_000);
    CompletableFuture<Boolean> late = outbound.send(session -> null);
    assertThatThrownBy(() -> sent(late)).isInstanceOf(ExecutionException.class);
  }
}
