package org.tallystick.code;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.AnswerPublisher;
import org.tallystick.stage.BatchRunner;
import org.tallystick.stage.DatabaseProbe;
import org.tallystick.stage.Delivery;
import org.tallystick.stage.Hints;
import org.tallystick.stage.Stage;

/** The first stage: codes in, halves in the database, hints out. */
@ApplicationScoped
public class CodeIntake implements Stage {
  @EJB CodeStage transaction;
  @Inject Hints hints;
  @Inject AnswerPublisher answers;
  @Inject DatabaseProbe database;

  private @Nullable BatchRunner<CodeResult> runner;

  @PostConstruct
  void prepare() {
    runner = new BatchRunner<>(batch -> transaction.open(batch), this::send, this::isReady);
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

  private void send(CodeResult result) {
    hints.send(result.hints());
    answers.publish(result.toDevices());
  }
}
