package org.tallystick.device;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.DeviceMove.Moved;
import org.tallystick.device.DeviceMove.NotPermitted;
import org.tallystick.json.StrictJson;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /devices}: what the staff may do with a device. */
@Path("/devices")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class DevicesResource {
  private static final int MAX_REASON = 500;

  @EJB Devices devices;
  @Inject CurrentActor actor;

  /** Moves a device: {@code {state, reason}}. */
  @POST
  @Path("/{device}/state")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.APPROVER)
  public Response move(@PathParam("device") String device, StrictJson body) {
    DeviceState next = body.requireOneOf("state", DeviceState.class);
    String reason = body.requireText("reason", MAX_REASON);
    body.end();
    byte[] deviceId;
    try {
      deviceId = Base64Url.decode(device);
    } catch (MalformedInputException e) {
      return Problem.NOT_FOUND.response();
    }
    return answer(devices.move(actor.get(), deviceId, next, reason));
  }

  private static Response answer(DeviceMove move) {
    if (move instanceof Moved moved) {
      return Response.ok(moved).build();
    }
    return move instanceof NotPermitted
        ? Problem.STATE_NOT_PERMITTED.response()
        : Problem.NOT_FOUND.response();
  }
}
