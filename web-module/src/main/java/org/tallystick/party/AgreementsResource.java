package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.http.PageSize;
import org.tallystick.page.Page;
import org.tallystick.problem.Problem;

/** {@code /agreements}: the texts that parties agree to, their hashes, and since when they hold. */
@Path("/agreements")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class AgreementsResource {
  @EJB Agreements agreements;

  /** All versions without their texts, newest first. */
  @GET
  public Response page(
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit) {
    Page<AgreementLine> page =
        agreements.page(Optional.ofNullable(after), PageSize.of(limit)).map(AgreementLine::of);
    return Response.ok(new AgreementPage(page.items(), page.next())).build();
  }

  /** One version. */
  @GET
  @Path("/{version: [1-9][0-9]{0,3}}")
  public Response agreement(@PathParam("version") int version) {
    return agreements
        .byVersion(version)
        .map(found -> Response.ok(AgreementView.of(found)).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /**
   * A page of agreements.
   *
   * @param agreements newest first
   * @param next cursor of the next page, or null
   */
  public record AgreementPage(List<AgreementLine> agreements, @Nullable String next) {}

  /**
   * An agreement in a list.
   *
   * @param version its number
   * @param sha256 the hash of the text's bytes, base64url
   * @param effectiveAt from then on it is needed, RFC 3339
   */
  public record AgreementLine(int version, String sha256, String effectiveAt) {
    static AgreementLine of(Agreement agreement) {
      return new AgreementLine(
          agreement.version(),
          Base64Url.encode(agreement.hash()),
          agreement.effectiveAt().toInstant().toString());
    }
  }

  /**
   * An agreement as it is shown.
   *
   * @param version its number
   * @param text UTF-8 with line feeds
   * @param sha256 the hash of the text's bytes, base64url
   * @param effectiveAt from then on it is needed, RFC 3339
   */
  public record AgreementView(int version, String text, String sha256, String effectiveAt) {
    static AgreementView of(Agreement agreement) {
      return new AgreementView(
          agreement.version(),
          agreement.text(),
          Base64Url.encode(agreement.hash()),
          agreement.effectiveAt().toInstant().toString());
    }
  }
}
