package org.tallystick.party;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.ZoneOffset;
import org.tallystick.agreement.Publishing;
import org.tallystick.agreement.PublishingOutcome;
import org.tallystick.codec.Base64Url;
import org.tallystick.json.BodyLimit;
import org.tallystick.json.StrictJson;
import org.tallystick.party.AgreementsResource.AgreementView;
import org.tallystick.problem.Problem;
import org.tallystick.staff.CurrentActor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffRole;

/** {@code /agreements/proposal}: one approver proposes a version, another one publishes it. */
@Path("/agreements/proposal")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class AgreementProposalResource {
  /** Each character of a text may be written as an escape of six. */
  private static final int MAX_BODY_BYTES = 160 * 1024;

  private static final int MAX_TEXT = 12_000;
  private static final int MAX_VERSION = 9_999;

  @EJB Publishing publishing;
  @Inject CurrentActor actor;

  /** The proposal that is open. */
  @GET
  @StaffRole({Role.APPROVER, Role.AUDITOR})
  public Response open() {
    return publishing
        .open(actor.get())
        .map(found -> Response.ok(ProposalView.of(found)).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** Proposes: {@code {text, effectiveAt}}. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.APPROVER)
  public Response propose(@BodyLimit(MAX_BODY_BYTES) StrictJson body) {
    String text = body.requireSecret("text", MAX_TEXT);
    Instant effectiveAt = body.requireInstant("effectiveAt");
    body.end();
    return answer(publishing.propose(actor.get(), text, effectiveAt.atOffset(ZoneOffset.UTC)));
  }

  /** Publishes what another person proposed: {@code {version}}. */
  @POST
  @Path("/confirmation")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.APPROVER)
  public Response confirm(StrictJson body) {
    return answer(publishing.confirm(actor.get(), version(body)));
  }

  /** Withdraws the proposal: {@code {version}}. */
  @POST
  @Path("/withdrawal")
  @Consumes(MediaType.APPLICATION_JSON)
  @StaffRole(Role.APPROVER)
  public Response withdraw(StrictJson body) {
    return answer(publishing.withdraw(actor.get(), version(body)));
  }

  private static int version(StrictJson body) {
    int version = (int) body.requireInteger("version", 1, MAX_VERSION);
    body.end();
    return version;
  }

  private static Response answer(PublishingOutcome outcome) {
    if (outcome instanceof PublishingOutcome.Proposed proposed) {
      return Response.status(Response.Status.CREATED)
          .entity(ProposalView.of(proposed.proposal()))
          .build();
    } else if (outcome instanceof PublishingOutcome.Published published) {
      return Response.ok(AgreementView.of(published.agreement())).build();
    } else if (outcome instanceof PublishingOutcome.Withdrawn) {
      return Response.noContent().build();
    } else if (outcome instanceof PublishingOutcome.AnotherWaits) {
      return Problem.AGREEMENT_PENDING.response();
    } else if (outcome instanceof PublishingOutcome.NoticeTooShort) {
      return Problem.NOTICE_TOO_SHORT.response();
    }
    if (outcome instanceof PublishingOutcome.TooFarAhead) {
      return Problem.EFFECTIVE_TOO_LATE.response();
    } else if (outcome instanceof PublishingOutcome.SecondPersonNeeded) {
      return Problem.SECOND_PERSON_NEEDED.response();
    } else if (outcome instanceof PublishingOutcome.TextNotValid) {
      return Problem.AGREEMENT_NOT_VALID.response();
    }
    return Problem.NOT_FOUND.response();
  }

  /**
   * A proposal as it is shown.
   *
   * @param version that it will have
   * @param text UTF-8 with line feeds
   * @param sha256 the hash of the text's bytes, base64url
   * @param effectiveAt from then on it would be needed, RFC 3339
   * @param proposedBy who wants it
   * @param proposedAt since when, RFC 3339
   */
  public record ProposalView(
      int version,
      String text,
      String sha256,
      String effectiveAt,
      String proposedBy,
      String proposedAt) {
    static ProposalView of(AgreementProposal proposal) {
      return new ProposalView(
          proposal.version(),
          proposal.text(),
          Base64Url.encode(proposal.hash()),
          proposal.effectiveAt().toInstant().toString(),
          proposal.proposedBy(),
          proposal.proposedAt().toInstant().toString());
    }
  }
}
