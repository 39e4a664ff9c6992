package org.tallystick.code;

import java.util.ArrayList;
import java.util.List;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.stage.Hint;

/**
 * What is to be sent once a batch of codes is committed.
 *
 * @param hints to the deciding stage
 * @param again answers to codes that came again
 * @param progress of halves that wait
 */
public record CodeResult(List<Hint> hints, List<ReadyAnswer> again, List<ReadyAnswer> progress) {
  /** Copies the lists. */
  public CodeResult {
    hints = List.copyOf(hints);
    again = List.copyOf(again);
    progress = List.copyOf(progress);
  }

  /** All that goes to devices. */
  public List<ReadyAnswer> toDevices() {
    List<ReadyAnswer> all = new ArrayList<>(again);
    all.addAll(progress);
    return all;
  }
}
