package org.tallystick.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.http.Caller;
import org.tallystick.privacy.ExportOutcome.Over;

/** How many exports a node sends at a time. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
final class ExportStreamsTest {
  private final ExportStreams streams = new ExportStreams();
  private int made;

  private CurrentExport request(String who) {
    CurrentExport request = new CurrentExport();
    request.streams = streams;
    request.caller = new Caller();
    request.caller.set("party", who);
    return request;
  }

  private Response fetch(CurrentExport request) {
    return ExportAnswer.toFetching(
        request,
        () -> {
          made++;
          return new Over();
        });
  }

  @Test
  void fetching_whenAsManyAreSentAsMayBe_isRefusedAndNothingIsMade() {
    List<CurrentExport> open = new ArrayList<>();
    for (int i = 0; i < ExportStreams.MOST; i++) {
      open.add(request("p" + i));
      assertThat(fetch(open.get(i)).getStatus()).isEqualTo(410);
    }
    CurrentExport late = request("late");
    Response refused = fetch(late);
    assertThat(refused.getStatus()).isEqualTo(503);
    assertThat(refused.getEntity().toString()).contains("exports-busy");
    assertThat(refused.getHeaderString("Retry-After")).isEqualTo("10");
    assertThat(made).isEqualTo(ExportStreams.MOST);
    late.end(); // who had no place gives none back
    assertThat(fetch(request("later")).getStatus()).isEqualTo(503);
    open.get(0).end();
    assertThat(fetch(request("after")).getStatus()).isEqualTo(410);
  }

  @Test
  void fetching_byWhoIsBeingSentOne_isRefusedUntilThatEnds() {
    CurrentExport first = request("p");
    fetch(first);
    CurrentExport second = request("p");
    assertThat(fetch(second).getStatus()).isEqualTo(503);
    second.end();
    assertThat(fetch(request("p")).getStatus()).isEqualTo(503);
    first.end();
    assertThat(fetch(request("p")).getStatus()).isEqualTo(410);
  }
}
