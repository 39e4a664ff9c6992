package org.tallystick.privacy;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import java.util.List;
import org.tallystick.codec.Base64Url;
import org.tallystick.http.Fresh;
import org.tallystick.party.CurrentParty;
import org.tallystick.party.PartyToken;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.Limit;
import org.tallystick.ratelimit.RateLimited;

/** {@code /registrations/{registration}/exports}: a party asks what the bank knows of it. */
@Path("/registrations/{registration}/exports")
@RequestScoped
@PartyToken
@RateLimited
public class ExportsResource {
  private static final int MOST = 200;

  @EJB Exports exports;
  @EJB OpenedExports opened;
  @Inject CurrentParty party;
  @Inject CurrentExport place;

  /** Opens an export, which is made when it is fetched. */
  @POST
  @Produces(MediaType.APPLICATION_JSON)
  public Response open(@PathParam("registration") String registration) {
    return party.owns(registration)
        ? ExportAnswer.toOpening(
            opened.openOwn(party.get()), "registrations/" + registration + "/exports")
        : Problem.NOT_FOUND.response();
  }

  /** Makes it and sends it. */
  @GET
  @Path("/{export}")
  @Fresh
  @RateLimited(Limit.UPLOAD)
  @Produces("application/zip")
  public Response fetch(
      @PathParam("registration") String registration, @PathParam("export") String export) {
    return party.owns(registration)
        ? ExportAnswer.toFetching(place, () -> opened.fetchOwn(party.get(), export))
        : Problem.NOT_FOUND.response();
  }

  /** The archives that were made, newest first. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response list(@PathParam("registration") String registration) {
    return party.owns(registration)
        ? Response.ok(
                new ExportList(
                    exports.list(party.get(), MOST).stream().map(ExportView::of).toList()))
            .build()
        : Problem.NOT_FOUND.response();
  }

  /**
   * Archives of a party, newest first.
   *
   * @param exports 200 at most
   */
  public record ExportList(List<ExportView> exports) {
    /** Copies the list. */
    public ExportList {
      exports = List.copyOf(exports);
    }
  }

  /**
   * That an archive was made.
   *
   * @param export that it was fetched by
   * @param byStaff whether the staff fetched it
   * @param sha256 of the whole archive
   * @param sizeBytes of the same
   * @param at when
   */
  public record ExportView(
      String export, boolean byStaff, String sha256, int sizeBytes, OffsetDateTime at) {
    static ExportView of(PartyExport made) {
      return new ExportView(
          Base64Url.encode(made.publicId()),
          !made.isOwn(),
          Base64Url.encode(made.sha256()),
          made.sizeBytes(),
          made.at());
    }
  }
}
