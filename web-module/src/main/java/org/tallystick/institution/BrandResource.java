package org.tallystick.institution;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.RateLimited;

/** {@code /institutions/{institution}/brand}: what an app needs to look like its bank's. */
@Path("/institutions/{institution}/brand")
@RequestScoped
@RateLimited
public class BrandResource {
  private static final String SHORTLY = "public, max-age=300";

  @EJB Institutions institutions;

  /** Name, colours, terms. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response brand(@PathParam("institution") String institution) {
    return institutions
        .shown(institution)
        .map(
            found ->
                Response.ok(BrandView.of(found)).header(HttpHeaders.CACHE_CONTROL, SHORTLY).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** The logo; nothing that it held would be run or loaded. */
  @GET
  @Path("/logo")
  @Produces("image/png")
  public Response logo(@PathParam("institution") String institution) {
    return institutions
        .shown(institution)
        .flatMap(found -> found.brand().logo())
        .map(
            logo ->
                Response.ok(logo, "image/png")
                    .header("Content-Security-Policy", "default-src 'none'; sandbox")
                    .header(HttpHeaders.CACHE_CONTROL, SHORTLY)
                    .build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /**
   * A brand as anybody sees it; bytes in base64url.
   *
   * @param institution whose it is
   * @param name what people read
   * @param textColour {@code #rrggbb}
   * @param backgroundColour {@code #rrggbb}
   * @param logo address of the logo, or null
   * @param logoSha256 of the logo, or null
   * @param terms the institution's own
   * @param termsSha256 of their bytes
   * @param open whether anybody may register through it now
   */
  public record BrandView(
      String institution,
      String name,
      String textColour,
      String backgroundColour,
      @Nullable String logo,
      @Nullable String logoSha256,
      String terms,
      String termsSha256,
      boolean open) {
    static BrandView of(Institution found) {
      String institution = Base64Url.encode(found.publicId());
      Brand brand = found.brand();
      @Nullable String hash = brand.logoHash().map(Base64Url::encode).orElse(null);
      return new BrandView(
          institution,
          brand.name(),
          brand.textColour(),
          brand.backgroundColour(),
          hash == null ? null : "/api/v1/institutions/" + institution + "/brand/logo",
          hash,
          brand.terms(),
          Base64Url.encode(brand.termsHash()),
          found.state() == InstitutionState.ACTIVE);
    }
  }
}
