package org.tallystick.problem;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import org.tallystick.http.PageSizeRefusedException;
import org.tallystick.json.BodyLateException;
import org.tallystick.json.BodyTooLargeException;
import org.tallystick.json.JsonRefusedException;
import org.tallystick.page.CursorRefusedException;
import org.tallystick.staff.NotPermittedException;

/**
 * Turns whatever was thrown into problem details. Of the unexpected the client gets an incident id
 * and nothing more; the same id is in the log with the cause.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

  @Override
  public Response toResponse(Throwable thrown) {
    if (thrown instanceof JsonRefusedException refused) {
      return Problem.MALFORMED_BODY.response(String.valueOf(refused.getMessage()));
    }
    if (thrown instanceof BodyTooLargeException) {
      return Problem.BODY_TOO_LARGE.response();
    }
    if (isLate(thrown)) {
      // what is still to come is no request
      return Response.fromResponse(Problem.BODY_LATE.response())
          .header("Connection", "close")
          .build();
    }
    if (thrown instanceof CursorRefusedException) {
      return Problem.BAD_REQUEST.response("'after' must be the 'next' of this list");
    }
    if (thrown instanceof PageSizeRefusedException) {
      return Problem.BAD_REQUEST.response("'limit' must be a number from 1 to 999");
    }
    if (thrown instanceof NotPermittedException) {
      return Problem.NOT_PERMITTED.response();
    }
    if (thrown instanceof WebApplicationException web && web.getResponse().getStatus() < 500) {
      return ofServer(web.getResponse());
    }
    String incident = UUID.randomUUID().toString();
    LOG.log(Level.ERROR, "incident " + incident, thrown);
    return Problem.UNEXPECTED.incident(incident);
  }

  /** Jersey itself looks whether there is a body at all, and wraps what goes wrong then. */
  private static boolean isLate(Throwable thrown) {
    return thrown instanceof BodyLateException
        || (thrown instanceof ProcessingException && thrown.getCause() instanceof IOException);
  }

  private static Response ofServer(Response original) {
    Response.ResponseBuilder answer =
        Response.fromResponse(Problem.ofStatus(original.getStatus()).response());
    String allow = original.getHeaderString(HttpHeaders.ALLOW);
    return allow == null ? answer.build() : answer.header(HttpHeaders.ALLOW, allow).build();
  }
}
