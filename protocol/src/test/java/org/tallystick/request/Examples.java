package org.tallystick.request;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tallystick.agreement.AgreementTerms;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Suite;
import org.tallystick.log.LogLine;
import org.tallystick.request.StatusResult.AccountDevice;
import org.tallystick.request.StatusResult.DeviceStanding;
import org.tallystick.request.StatusResult.Fate;
import org.tallystick.request.StatusResult.NumberFate;
import org.tallystick.sequencer.NumberAt;

/** Arguments and results of each kind, the results as long as they may get. */
final class Examples {
  private static final long N = (1L << 48) - 1;

  private Examples() {}

  static List<RequestArguments> arguments(Suite suite) {
    return List.of(
        new RequestArguments.Status(List.of(new NumberAt(1, 9), new NumberAt(2, N))),
        new RequestArguments.Rekey(
            new byte[33], suite == Suite.HYBRID ? new byte[1184] : null, 5, N),
        new RequestArguments.Log(7, 22),
        new RequestArguments.Pin(Secret.adopt(new byte[32]), new byte[32]),
        new RequestArguments.Lodge(new byte[2048]),
        new RequestArguments.FetchBill(new byte[10]),
        new RequestArguments.DrawNumber(),
        new RequestArguments.NotMe(new byte[16], null),
        new RequestArguments.Countersign(new byte[300]),
        new LevelPin(7, Secret.adopt(new byte[32]), new byte[32]),
        new EndAuthority(new byte[10], new byte[32]),
        new Agree(new byte[300]));
  }

  static RequestResult longestResult(RequestKind kind, Suite suite) {
    return switch (kind) {
      case STATUS -> status();
      case REKEY ->
          new RequestResult.Rekey(
              new byte[33],
              suite == Suite.HYBRID ? new byte[1088] : null,
              Integer.MAX_VALUE,
              Integer.MAX_VALUE,
              Collections.nCopies(32, new byte[17]),
              Integer.MAX_VALUE);
      case LOG -> new RequestResult.Log(lines());
      case PIN, COUNTERSIGN, LEVEL_PIN, END_AUTHORITY, AGREE -> new RequestResult.Done();
      case LODGE -> new RequestResult.Lodged(Long.MAX_VALUE);
      case BILL -> new RequestResult.LodgedBill(new byte[2048]);
      case NUMBER -> new RequestResult.DrawnNumber(new byte[10], "é".repeat(32), Long.MAX_VALUE);
      case NOT_ME -> new RequestResult.NotMe(true, true);
    };
  }

  private static StatusResult status() {
    return new StatusResult(
        DeviceStanding.SUSPENDED,
        Integer.MAX_VALUE,
        N,
        Long.MAX_VALUE,
        new byte[32],
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        Collections.nCopies(16, new NumberFate(new NumberAt(Integer.MAX_VALUE, N), Fate.FINAL)),
        Long.MAX_VALUE,
        Collections.nCopies(
            16,
            new AccountDevice(
                new byte[16], DeviceStanding.REVOKED, Long.MAX_VALUE, true, Long.MAX_VALUE)),
        Integer.MAX_VALUE,
        new AgreementTerms(AgreementTerms.MAX_VERSION, new byte[32], Long.MAX_VALUE));
  }

  static List<LogLine> lines() {
    List<LogLine> lines = new ArrayList<>();
    byte[] head = new byte[32];
    for (long index = Long.MAX_VALUE - 16; index < Long.MAX_VALUE; index++) {
      LogLine line = LogLine.after(index, head, Long.MAX_VALUE, "k".repeat(32), new byte[32]);
      head = line.head();
      lines.add(line);
    }
    return lines;
  }
}
