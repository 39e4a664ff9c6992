package org.tallystick.code;

import java.util.List;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.stage.Hint;

/**
 * What is to be sent once a batch of codes is committed.
 *
 * @param hints to the deciding stage
 * @param again answers to codes that came again
 */
public record CodeResult(List<Hint> hints, List<ReadyAnswer> again) {
  /** Copies the lists. */
  public CodeResult {
    hints = List.copyOf(hints);
    again = List.copyOf(again);
  }
}
