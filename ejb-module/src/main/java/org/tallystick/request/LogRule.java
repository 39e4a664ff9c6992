package org.tallystick.request;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import org.tallystick.log.LogLine;
import org.tallystick.log.LogRows;

/** Kind 3: lines of the device's own log. */
@ApplicationScoped
public class LogRule implements RequestRule<RequestArguments.Log> {
  @Override
  public RequestKind kind() {
    return RequestKind.LOG;
  }

  @Override
  public Class<RequestArguments.Log> shape() {
    return RequestArguments.Log.class;
  }

  @Override
  public Ruling rule(Asking asking, RequestArguments.Log arguments) throws SQLException {
    int count = Math.toIntExact(arguments.to() - arguments.from() + 1);
    List<LogLine> lines =
        new LogRows(asking.connection())
            .page(asking.device().index(), arguments.from(), count).stream()
                .map(LogRows.Row::line)
                .toList();
    return Ruling.done(RequestResult.Log.fitting(lines, asking.request().replyTo().blocks()));
  }
}
