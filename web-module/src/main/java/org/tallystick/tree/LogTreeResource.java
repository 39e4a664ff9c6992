package org.tallystick.tree;

import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.RateLimited;

/**
 * {@code /log}: what the bank says its tree over all logs is, and the proofs that it is so. Only
 * who knows the head of a line can name its leaf, so a stranger learns a size and hashes.
 *
 * <p>Source: docs/PROTOCOL.md section 9.1.
 */
@Path("/log")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RateLimited
public class LogTreeResource {
  private static final int FRESH_SECONDS = 1;

  @EJB Checkpoints checkpoints;

  /**
   * A checkpoint; base64url.
   *
   * @param checkpoint COSE_Sign1 by ES256
   * @param checkpoint2 COSE_Sign1 by ML-DSA-65; absent where the bank has no such key
   */
  public record CheckpointView(String checkpoint, @Nullable String checkpoint2) {
    static CheckpointView of(SignedCheckpoint signed) {
      byte[] second = signed.second();
      return new CheckpointView(
          Base64Url.encode(signed.sign1()), second == null ? null : Base64Url.encode(second));
    }
  }

  /**
   * That one tree is the beginning of another.
   *
   * @param proof hashes, base64url
   */
  public record ConsistencyView(List<String> proof) {}

  /**
   * That a leaf is in a tree.
   *
   * @param position from 0
   * @param proof hashes, base64url
   */
  public record InclusionView(long position, List<String> proof) {}

  /** The newest checkpoint. */
  @GET
  @Path("/checkpoint")
  public Response checkpoint() {
    CacheControl fresh = new CacheControl();
    fresh.setMaxAge(FRESH_SECONDS);
    return checkpoints
        .newest()
        .map(signed -> Response.ok(CheckpointView.of(signed)).cacheControl(fresh).build())
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** The proof between two sizes, of which the later one has been reached. */
  @GET
  @Path("/consistency")
  public Response consistency(
      @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
    return checkpoints
        .consistency(size(from), size(to))
        .map(proof -> Response.ok(new ConsistencyView(texts(proof))).build())
        .orElseGet(Problem.BAD_REQUEST::response);
  }

  /** The proof that a leaf is among the first so many. */
  @GET
  @Path("/inclusion/{leaf}")
  public Response inclusion(
      @PathParam("leaf") String leaf, @QueryParam("size") @Nullable String size) {
    Optional<byte[]> hash = hash(leaf);
    if (hash.isEmpty() || !checkpoints.reaches(size(size))) {
      return Problem.BAD_REQUEST.response();
    }
    return checkpoints
        .inclusion(hash.get(), size(size))
        .map(found -> Response.ok(new InclusionView(found.position(), texts(found.proof()))))
        .map(Response.ResponseBuilder::build)
        .orElseGet(Problem.NOT_FOUND::response);
  }

  /** A number of leaves, 1 or more, or 0 for anything else. */
  static long size(@Nullable String text) {
    return text != null && text.matches("[1-9][0-9]{0,17}") ? Long.parseLong(text) : 0;
  }

  private static Optional<byte[]> hash(String text) {
    try {
      return Optional.of(Base64Url.decode(text))
          .filter(bytes -> bytes.length == MerkleTree.HASH_LENGTH);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
  }

  private static List<String> texts(List<byte[]> hashes) {
    return hashes.stream().map(Base64Url::encode).toList();
  }
}
