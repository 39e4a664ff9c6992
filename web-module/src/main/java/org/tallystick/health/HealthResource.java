package org.tallystick.health;

import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import org.tallystick.http.Fresh;
import org.tallystick.keys.KeyVault;
import org.tallystick.node.ServerResources;

/**
 * {@code GET /api/v1/health}: 200 where this node reaches its database, its broker and its keys,
 * else 503.
 *
 * <p>The answer names the part that is down and nothing more; the reason goes to the log.
 */
@Path("/health")
public class HealthResource {
  private static final Logger LOG = System.getLogger(HealthResource.class.getName());
  private static final int DATABASE_TIMEOUT_SECONDS = 2;

  @EJB private ServerResources resources;
  @Inject private KeyVault vault;

  /** Reports on the database, the broker and the keys. */
  @GET
  @Fresh
  @Produces(MediaType.APPLICATION_JSON)
  public Response health() {
    HealthReport report = new HealthReport(databaseAnswers(), brokerAnswers(), vault.answers());
    return Response.status(
            report.healthy() ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
        .entity(report.toJson())
        .build();
  }

  private boolean databaseAnswers() {
    try (var connection = resources.database().getConnection()) {
      return connection.isValid(DATABASE_TIMEOUT_SECONDS);
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "the database does not answer", e);
      return false;
    }
  }

  private boolean brokerAnswers() {
    try (var connection = resources.broker().createConnection()) {
      return connection.getMetaData() != null;
    } catch (JMSException e) {
      LOG.log(Level.WARNING, "the broker does not answer", e);
      return false;
    }
  }
}
