package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What happens to a batch, with a broker made of two lists. */
class StageLoopTest {
  private final Deque<String> queue = new ArrayDeque<>();
  private final List<String> unacknowledged = new ArrayList<>();
  private final List<List<String>> batches = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<String> dead = new ArrayList<>();
  private int readyAfterAsks;
  private int deliveries = 1;

  private final MessageProducer toTheDead =
      fake(
          MessageProducer.class,
          name -> {
            if (name.equals("send")) {
              dead.addAll(unacknowledged);
            }
            return null;
          });

  private final Session session =
      fake(
          Session.class,
          name -> {
            if (name.equals("commit")) {
              unacknowledged.clear();
            } else if (name.equals("rollback")) {
              unacknowledged.forEach(queue::addLast);
              unacknowledged.clear();
            } else if (name.equals("createProducer")) {
              return toTheDead;
            }
            return null;
          });

  private final MessageConsumer consumer =
      fake(
          MessageConsumer.class,
          name -> {
            String text = queue.pollFirst();
            if (text == null) {
              return null;
            }
            unacknowledged.add(text);
            return message(text);
          });

  private final Stage stage =
      new Stage() {
        @Override
        public void take(List<Delivery> batch) {
          batches.add(batch.stream().map(Delivery::text).toList());
          if (readyAfterAsks > 0 || batch.stream().anyMatch(d -> d.text().equals("bad"))) {
            throw new IllegalStateException("not taken");
          }
        }

        @Override
        public boolean isReady() {
          return readyAfterAsks == 0 || --readyAfterAsks == 0;
        }
      };

  private final StageLoop loop =
      new StageLoop(
          fake(ConnectionFactory.class, name -> null),
          fake(Queue.class, name -> null),
          fake(Queue.class, name -> null),
          stage,
          stopped);

  private interface Answer {
    Object to(String method);
  }

  private static <T> T fake(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName())));
  }

  private TextMessage message(String text) {
    return fake(
        TextMessage.class,
        name ->
            switch (name) {
              case "getText" -> text;
              case "propertyExists" -> false;
              case "getIntProperty" -> deliveries;
              case "getJMSTimestamp" -> 7L;
              default -> null;
            });
  }

  private void work() throws JMSException {
    loop.work(session, consumer);
  }

  @Test
  void waitingMessages_comeInOneBatch_upToTheLimit() throws Exception {
    for (int i = 0; i < Stage.MAX_BATCH + 3; i++) {
      queue.add("m" + i);
    }
    work();
    work();
    work();
    assertThat(batches).extracting(List::size).containsExactly(Stage.MAX_BATCH, 3);
    assertThat(unacknowledged).isEmpty();
  }

  @Test
  void batchWithABadMessage_goesBack_andComesSingly() throws Exception {
    queue.addAll(List.of("a", "bad", "b"));
    work();
    assertThat(queue).containsExactly("a", "bad", "b");
    work();
    work();
    work();
    assertThat(batches)
        .containsExactly(List.of("a", "bad", "b"), List.of("a"), List.of("bad"), List.of("b"));
    assertThat(queue).containsExactly("bad");
  }

  @Test
  void badMessage_thatTheBrokerGivesAgainAndAgain_isPutAsideAtLast() throws Exception {
    queue.add("bad");
    work();
    assertThat(queue).containsExactly("bad");
    deliveries = 6;
    stopped.countDown();
    work();
    assertThat(queue).containsExactly("bad");
    assertThat(dead).isEmpty();
    deliveries = 7;
    work();
    assertThat(queue).isEmpty();
    assertThat(dead).containsExactly("bad");
    assertThat(unacknowledged).isEmpty();
  }

  @Test
  void databaseAway_theBatchIsHeld_andNoDeliveryIsUsedUp() throws Exception {
    queue.addAll(List.of("a", "b"));
    readyAfterAsks = 2;
    work();
    assertThat(batches).containsExactly(List.of("a", "b"), List.of("a", "b"));
    assertThat(queue).isEmpty();
    assertThat(unacknowledged).isEmpty();
  }

  @Test
  void stoppedWhileTheDatabaseIsAway_theBatchGoesBack() throws Exception {
    queue.add("a");
    readyAfterAsks = 1_000;
    stopped.countDown();
    work();
    assertThat(queue).containsExactly("a");
  }
}
