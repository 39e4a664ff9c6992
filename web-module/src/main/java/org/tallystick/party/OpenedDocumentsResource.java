package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.tallystick.codec.Base64Url;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /registrations/{registration}/documents/{document}}: the staff opens a document. */
@Path("/registrations/{registration}/documents")
@RequestScoped
public class OpenedDocumentsResource {
  @EJB Dossiers dossiers;
  @Inject CurrentActor actor;

  /** The content, to be saved and not shown in a browser; that it was opened is recorded. */
  @GET
  @Path("/{document}")
  @Produces(MediaType.WILDCARD)
  @StaffRole({Role.CLERK, Role.APPROVER})
  public Response open(
      @PathParam("registration") String registration, @PathParam("document") String document) {
    return dossiers
        .openDocument(actor.get(), registration, document)
        .map(OpenedDocumentsResource::file)
        .orElseGet(Problem.NOT_FOUND::response);
  }

  private static Response file(OpenedDocument opened) {
    PartyDocument document = opened.document();
    String name = Base64Url.encode(document.publicId()) + "." + document.media().extension();
    return Response.ok(opened.content(), document.media().type())
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .build();
  }
}
