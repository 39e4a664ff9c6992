package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.json.BodyLimit;
import org.tallystick.json.BoundedBody;
import org.tallystick.party.DocumentOutcome.Kept;
import org.tallystick.party.DocumentOutcome.NotAcceptable;
import org.tallystick.party.DocumentOutcome.NotPermitted;
import org.tallystick.party.DocumentOutcome.Removed;
import org.tallystick.party.DocumentOutcome.TooMany;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.Limit;
import org.tallystick.ratelimit.RateLimited;

/**
 * {@code /registrations/{registration}/documents}: a party hands in what shows who it is, as bytes
 * of one media type and nothing around them.
 */
@Path("/registrations/{registration}/documents")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@PartyToken
@RateLimited
public class DocumentsResource {
  @EJB Documents documents;
  @Inject CurrentParty party;

  /** Hands a document in; {@code type} says what it is. */
  @POST
  @RateLimited(Limit.UPLOAD)
  @Consumes({"application/pdf", "image/png", "image/jpeg"})
  public Response add(
      @PathParam("registration") String registration,
      @QueryParam("type") @Nullable String type,
      @Context HttpHeaders headers,
      @BodyLimit(Documents.MAX_BYTES) InputStream body) {
    Optional<DocumentKind> kind = kind(type);
    if (!party.owns(registration)) {
      return Problem.NOT_FOUND.response();
    }
    if (kind.isEmpty()) {
      return Problem.BAD_REQUEST.response(
          "'type' must be one of " + Arrays.toString(DocumentKind.values()));
    }
    if (headers.getHeaderString(HttpHeaders.CONTENT_ENCODING) != null) {
      return Problem.UNSUPPORTED_MEDIA_TYPE.response("the content must not be encoded");
    }
    MediaType sent = headers.getMediaType();
    Optional<DocumentMedia> media = DocumentMedia.ofType(sent.getType() + "/" + sent.getSubtype());
    if (media.isEmpty()) {
      return Problem.UNSUPPORTED_MEDIA_TYPE.response();
    }
    byte[] content = BoundedBody.read(body, Documents.MAX_BYTES);
    return answer(documents.add(party.get(), kind.get(), media.get(), content));
  }

  /** What the party has handed in. */
  @GET
  public Response own(@PathParam("registration") String registration) {
    return party.owns(registration)
        ? Response.ok(
                new DocumentList(
                    documents.ofParty(party.get()).stream().map(DocumentView::of).toList()))
            .build()
        : Problem.NOT_FOUND.response();
  }

  /** Takes one back, as long as nothing was submitted. */
  @DELETE
  @Path("/{document}")
  public Response remove(
      @PathParam("registration") String registration, @PathParam("document") String document) {
    return party.owns(registration)
        ? answer(documents.remove(party.get(), document))
        : Problem.NOT_FOUND.response();
  }

  private static Response answer(DocumentOutcome outcome) {
    if (outcome instanceof Kept kept) {
      return Response.status(Response.Status.CREATED)
          .entity(DocumentView.of(kept.document()))
          .build();
    }
    if (outcome instanceof Removed) {
      return Response.noContent().build();
    }
    if (outcome instanceof NotAcceptable refused) {
      return Problem.DOCUMENT_NOT_ACCEPTABLE.response(refused.fault());
    }
    if (outcome instanceof TooMany) {
      return Problem.TOO_MANY_DOCUMENTS.response();
    }
    return outcome instanceof NotPermitted
        ? Problem.STATE_NOT_PERMITTED.response()
        : Problem.NOT_FOUND.response();
  }

  private static Optional<DocumentKind> kind(@Nullable String type) {
    return Arrays.stream(DocumentKind.values())
        .filter(kind -> kind.name().equals(type))
        .findFirst();
  }

  /**
   * Documents, the oldest first.
   *
   * @param documents without content
   */
  public record DocumentList(List<DocumentView> documents) {}
}
