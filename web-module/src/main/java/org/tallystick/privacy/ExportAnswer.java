package org.tallystick.privacy;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import java.util.function.Supplier;
import org.tallystick.privacy.ExportOutcome.Fetched;
import org.tallystick.privacy.ExportOutcome.Opened;
import org.tallystick.privacy.ExportOutcome.Over;
import org.tallystick.privacy.ExportOutcome.TooMany;
import org.tallystick.problem.Problem;

/** What is answered about exports; one that is sent is an attachment that nothing keeps. */
final class ExportAnswer {
  /** After about as long, one of those that are being sent has ended. */
  private static final int BUSY_SECONDS = 10;

  private ExportAnswer() {}

  /**
   * To who opens one.
   *
   * @param place where exports are, below the API's root
   */
  static Response toOpening(ExportOutcome outcome, String place) {
    if (outcome instanceof Opened opened) {
      return Response.created(URI.create(place + "/" + opened.export())).entity(opened).build();
    }
    return outcome instanceof TooMany many
        ? later(Problem.TOO_MANY_EXPORTS, many.left().toSeconds() + 1)
        : Problem.NOT_FOUND.response();
  }

  /** To who fetches one; it is made only where there is a place. */
  static Response toFetching(CurrentExport place, Supplier<ExportOutcome> fetching) {
    if (!place.begin()) {
      return later(Problem.EXPORTS_BUSY, BUSY_SECONDS);
    }
    ExportOutcome outcome = fetching.get();
    if (outcome instanceof Fetched fetched) {
      return Response.ok((StreamingOutput) fetched.archive()::writeTo, "application/zip")
          .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"export.zip\"")
          .build();
    }
    return outcome instanceof Over ? Problem.EXPORT_OVER.response() : Problem.NOT_FOUND.response();
  }

  private static Response later(Problem problem, long seconds) {
    return Response.fromResponse(problem.response())
        .header(HttpHeaders.RETRY_AFTER, seconds)
        .build();
  }
}
