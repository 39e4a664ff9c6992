package org.tallystick.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
  private final ProblemMapper mapper = new ProblemMapper();

  @ParameterizedTest
  @EnumSource
  void problem_hasAType_aTitle_andItsStatus(Problem problem) {
    try (Response response = problem.response()) {
      assertThat(response.getStatus()).isEqualTo(problem.status());
      assertThat(response.getMediaType()).hasToString("application/problem+json");
      assertThat((String) response.getEntity())
          .contains("\"type\":\"" + problem.type() + "\"")
          .contains("\"title\":\"")
          .contains("\"status\":" + problem.status());
    }
  }

  @Test
  void types_areAllDifferent() {
    assertThat(Arrays.stream(Problem.values()).map(Problem::type)).doesNotHaveDuplicates();
  }

  @Test
  void problemsProperties_tellOfEachProblem_andOfNoOther() {
    assertThat(ProblemMeanings.slugs())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Problem.values()).map(Problem::slug).toList());
    assertThat(Problem.values())
        .allSatisfy(problem -> assertThat(ProblemMeanings.of(problem)).hasSizeGreaterThan(30));
  }

  @Test
  void unexpected_showsAnIncidentOnly() {
    Exception cause = new EJBException("select * from party", new IllegalStateException("secret"));
    try (Response response = mapper.toResponse(cause)) {
      assertThat(response.getStatus()).isEqualTo(500);
      assertThat((String) response.getEntity())
          .contains("\"incident\":\"")
          .doesNotContain("secret", "select", "Exception");
    }
  }

  @Test
  void serversOwnRefusals_becomeProblems() {
    assertThat(status(new NotFoundException("/etc"))).isEqualTo(404);
    assertThat(status(new NotSupportedException())).isEqualTo(415);
    try (Response response = mapper.toResponse(new NotAllowedException("GET"))) {
      assertThat(response.getStatus()).isEqualTo(405);
      assertThat(response.getHeaderString("Allow")).isEqualTo("GET");
    }
  }

  private int status(Exception thrown) {
    try (Response response = mapper.toResponse(thrown)) {
      assertThat(response.getMediaType()).hasToString("application/problem+json");
      return response.getStatus();
    }
  }
}
