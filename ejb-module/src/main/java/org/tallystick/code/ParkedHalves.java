package org.tallystick.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tallystick.answer.Progress;
import org.tallystick.answer.ProgressRows;
import org.tallystick.answer.ReplyKeys;
import org.tallystick.answer.SealedProgress;
import org.tallystick.crypto.Secret;
import org.tallystick.device.Device;

/**
 * Makes the first message of progress for each half that a batch has parked and that asks for it:
 * step G1.
 *
 * <p>Source: docs/PROTOCOL.md section 8.1.
 */
final class ParkedHalves {
  private static final int FIRST = 1;

  private final OpeningTools tools;
  private final Map<Long, LockedDevice> devices;
  private final long nowMillis;

  ParkedHalves(OpeningTools tools, Map<Long, LockedDevice> devices, long nowMillis) {
    this.tools = tools;
    this.devices = devices;
    this.nowMillis = nowMillis;
  }

  /** The messages, to be stored in the transaction that parks the halves. */
  List<ProgressRows.Row> tell(List<HalfRow> parked) {
    List<ProgressRows.Row> told = new ArrayList<>();
    for (HalfRow half : parked) {
      LockedDevice device = devices.get(half.device());
      if (device != null && half.asksForProgress()) {
        told.add(tell(half, device.device()));
      }
    }
    return told;
  }

  private ProgressRows.Row tell(HalfRow half, Device device) {
    Progress progress =
        new Progress(
            device.deviceId(),
            half.epoch(),
            half.n(),
            half.codeHash(),
            FIRST,
            Progress.WAITING,
            nowMillis,
            half.readable().orElseThrow().signed().notAfterMillis());
    try (Secret replyRoot = tools.halves().replyRoot(half)) {
      return new ProgressRows.Row(
          half.device(),
          half.epoch(),
          half.n(),
          FIRST,
          ReplyKeys.pickup(replyRoot),
          SealedProgress.seal(
              progress,
              device.evidence().suite(),
              half.consortium(),
              half.number(),
              tools.answerKey(),
              replyRoot),
          Times.ofMillis(nowMillis));
    }
  }
}
