package org.tallystick.bench.stage;

import java.io.IOException;
import java.util.List;

/**
 * The server's own counters since it started.
 *
 * @param stored halves committed, repeated ones once
 * @param batches database transactions that stored them
 * @param singles halves that went alone because their batch failed
 * @param delayMillis sum of the times from sending to commit
 * @param dead messages in the dead-letter queue
 */
record StageFigures(long stored, long batches, long singles, long delayMillis, long dead) {
  static StageFigures of(int port) throws IOException {
    try (LoopbackHttp http = new LoopbackHttp(port)) {
      List<String> fields = List.of(http.get("/halves").body().split(" ", -1));
      return new StageFigures(
          Long.parseLong(fields.get(0)),
          Long.parseLong(fields.get(1)),
          Long.parseLong(fields.get(2)),
          Long.parseLong(fields.get(3)),
          Long.parseLong(fields.get(4)));
    }
  }
}
