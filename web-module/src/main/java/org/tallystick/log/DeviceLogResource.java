package org.tallystick.log;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /devices/{id}/log}: an auditor reads the log of a device and opens its commitments. */
@Path("/devices/{deviceId}/log")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class DeviceLogResource {
  private static final int DEVICE_ID_LENGTH = 16;

  @EJB DeviceLogs logs;
  @Inject CurrentActor actor;

  /**
   * A line; all bytes base64url.
   *
   * @param index from 1
   * @param column1 hash of the line before, or the seed
   * @param column2 hash of column 3
   * @param column3 the data
   * @param salt opens the commitment
   * @param details what it commits to
   */
  public record LineView(
      long index, String column1, String column2, String column3, String salt, String details) {
    static LineView of(LogRows.Row row) {
      return new LineView(
          row.line().index(),
          Base64Url.encode(row.line().column1()),
          Base64Url.encode(row.line().column2()),
          Base64Url.encode(row.line().column3()),
          Base64Url.encode(row.salt()),
          Base64Url.encode(row.details()));
    }
  }

  /**
   * Part of a log.
   *
   * @param seed column 1 of the first line, base64url
   * @param lines ascending
   */
  public record PageView(String seed, List<LineView> lines) {}

  /** Lines from an index on. */
  @GET
  @StaffRole(Role.AUDITOR)
  public Response page(
      @PathParam("deviceId") String deviceId,
      @QueryParam("from") @DefaultValue("1") long from,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    byte[] id;
    try {
      id = Base64Url.decode(deviceId);
    } catch (MalformedInputException e) {
      return Problem.NOT_FOUND.response();
    }
    if (from < 1 || limit < 1) {
      return Problem.BAD_REQUEST.response();
    }
    if (id.length != DEVICE_ID_LENGTH) {
      return Problem.NOT_FOUND.response();
    }
    return logs.page(actor.get(), id, from, limit)
        .map(
            page ->
                Response.ok(
                        new PageView(
                            Base64Url.encode(page.seed()),
                            page.lines().stream().map(LineView::of).toList()))
                    .build())
        .orElseGet(Problem.NOT_FOUND::response);
  }
}
