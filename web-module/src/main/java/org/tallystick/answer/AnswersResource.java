package org.tallystick.answer;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.http.Fresh;
import org.tallystick.problem.Problem;
import org.tallystick.ratelimit.RateLimited;

/** {@code /answers}: a device asks for its final answer and may wait for it. */
@Path("/answers")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@RateLimited
public class AnswersResource {
  private static final int PICKUP_LENGTH = 16;
  private static final int MAX_WAIT_SECONDS = 30;

  @EJB Answers answers;
  @Inject AnswerRegistry registry;
  @Resource ManagedExecutorService executor;

  /** The answer, as soon as it is there or the time is over; no thread waits meanwhile. */
  @GET
  @Fresh
  @Path("/{pickup}")
  public void get(
      @PathParam("pickup") String pickup,
      @QueryParam("wait") @DefaultValue("0") String wait,
      @Suspended AsyncResponse response) {
    Optional<byte[]> token = token(pickup);
    int seconds = seconds(wait);
    if (token.isEmpty() || seconds < 0) {
      response.resume(Problem.BAD_REQUEST.response());
      return;
    }
    if (seconds == 0 || !registry.hasRoom()) {
      response.resume(AnswerView.of(answers.find(List.of(token.get()))));
      return;
    }
    await(token.get(), seconds, response);
  }

  private void await(byte[] token, int seconds, AsyncResponse response) {
    ManagedExecutorService threads = executor;
    AnswerRegistry.Waiter waiter =
        registry.register(
            token,
            found -> {
              if (found.isLast()) {
                threads.execute(() -> response.resume(AnswerView.of(found)));
              }
            });
    response.setTimeoutHandler(
        late -> {
          waiter.close();
          late.resume(AnswerView.pending(waiter.progress()));
        });
    response.setTimeout(seconds, TimeUnit.SECONDS);
    try {
      answers.find(List.of(token)).forEach(waiter::deliver);
    } catch (RuntimeException failure) {
      waiter.close();
      throw failure;
    }
  }

  private static Optional<byte[]> token(String pickup) {
    try {
      return Optional.of(Base64Url.decode(pickup)).filter(bytes -> bytes.length == PICKUP_LENGTH);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
  }

  /** Seconds from 0 to 30, or -1 for anything else. */
  private static int seconds(String wait) {
    if (!wait.matches("[0-9]{1,2}")) {
      return -1;
    }
    int seconds = Integer.parseInt(wait);
    return seconds <= MAX_WAIT_SECONDS ? seconds : -1;
  }
}
