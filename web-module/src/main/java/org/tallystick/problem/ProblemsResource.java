package org.tallystick.problem;

import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;

/** {@code /problems}: what each problem type means, for people. */
@Path("/problems")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class ProblemsResource {
  private static final int MAX_AGE_SECONDS = 3_600;

  /** All of them, in the order of the code's table. */
  @GET
  public Response all() {
    return shown(new Meanings(Arrays.stream(Problem.values()).map(Meaning::of).toList()));
  }

  /** One of them, by the last part of its type. */
  @GET
  @Path("/{slug}")
  public Response one(@PathParam("slug") String slug) {
    return Arrays.stream(Problem.values())
        .filter(problem -> problem.slug().equals(slug))
        .findFirst()
        .map(found -> shown(Meaning.of(found)))
        .orElseGet(Problem.NOT_FOUND::response);
  }

  private static Response shown(Object view) {
    CacheControl hour = new CacheControl();
    hour.setMaxAge(MAX_AGE_SECONDS);
    return Response.ok(view).cacheControl(hour).build();
  }

  /**
   * A problem type.
   *
   * @param slug the last part of its type
   * @param type the URI in problem documents
   * @param status the HTTP status that it comes with
   * @param title as in problem documents
   * @param meaning what it means and what to do about it
   */
  public record Meaning(String slug, String type, int status, String title, String meaning) {
    static Meaning of(Problem problem) {
      return new Meaning(
          problem.slug(),
          problem.type(),
          problem.status(),
          problem.title(),
          ProblemMeanings.of(problem));
    }
  }

  /**
   * All problem types.
   *
   * @param problems in the order of the code's table
   */
  public record Meanings(List<Meaning> problems) {
    /** Copies the list. */
    public Meanings {
      problems = List.copyOf(problems);
    }
  }
}
