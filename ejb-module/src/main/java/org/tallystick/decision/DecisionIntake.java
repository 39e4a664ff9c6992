package org.tallystick.decision;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.AnswerPublisher;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.stage.BatchRunner;
import org.tallystick.stage.DatabaseProbe;
import org.tallystick.stage.Delivery;
import org.tallystick.stage.Hint;
import org.tallystick.stage.Stage;

/** The second stage: hints in, decisions in the database, answers out. */
@ApplicationScoped
public class DecisionIntake implements Stage {
  @EJB DecisionStage transaction;
  @Inject AnswerPublisher answers;
  @Inject DatabaseProbe database;

  private @Nullable BatchRunner<List<ReadyAnswer>> runner;

  @PostConstruct
  void prepare() {
    runner = new BatchRunner<>(this::decide, answers::publish, this::isReady);
  }

  @Override
  public void take(List<Delivery> batch) {
    if (runner == null) {
      throw new IllegalStateException("not prepared");
    }
    runner.run(batch);
  }

  @Override
  public boolean isReady() {
    return database.answers();
  }

  /** What is not a hint is left out: only this application writes to the queue. */
  private List<ReadyAnswer> decide(List<Delivery> batch) {
    return transaction.decide(
        batch.stream()
            .map(delivery -> Hint.parse(delivery.text()))
            .flatMap(Optional::stream)
            .toList());
  }
}
