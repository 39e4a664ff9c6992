package org.tallystick.idempotency;

import jakarta.annotation.Priority;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.Providers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.http.Caller;
import org.tallystick.http.EntityBytes;
import org.tallystick.idempotency.KeyOutcome.Again;
import org.tallystick.idempotency.KeyOutcome.OtherPayload;
import org.tallystick.idempotency.KeyOutcome.UnderWay;
import org.tallystick.json.RequestBody;
import org.tallystick.problem.Problem;

/**
 * Lets each POST of a caller with credentials carry an Idempotency-Key. Effect and answer are one
 * transaction, begun here and ended when the answer is there: see {@link KeyedRequests}.
 */
@Provider
@Priority(Priorities.AUTHORIZATION + 100)
@ApplicationScoped
public class IdempotencyFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final Logger LOG = System.getLogger(IdempotencyFilter.class.getName());
  private static final String UNDER_KEY = "org.tallystick.idempotency";
  private static final String REPLAYED = "Idempotency-Replayed";
  private static final List<String> KEPT_HEADERS =
      List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, HttpHeaders.ETAG);

  @EJB KeyedRequests requests;
  @Inject CurrentTransaction transaction;
  @Inject CurrentKey currentKey;
  @Inject Caller caller;
  @Context ResourceInfo resource;
  @Context Providers providers;

  @Override
  public void filter(ContainerRequestContext request) throws IOException {
    Optional<String> who = caller.name();
    if (!request.getMethod().equals(HttpMethod.POST) || who.isEmpty()) {
      return;
    }
    Optional<String> key = KeyHeader.of(request.getHeaders().get(KeyHeader.NAME));
    if (key.isEmpty()) {
      if (resource.getResourceMethod().isAnnotationPresent(KeyRequired.class)) {
        request.abortWith(Problem.KEY_MISSING.response());
      }
      return;
    }
    byte[] body = RequestBody.read(request.getEntityStream(), resource.getResourceMethod());
    request.setEntityStream(new ByteArrayInputStream(body));
    @Nullable String query = request.getUriInfo().getRequestUri().getRawQuery();
    begin(
        request,
        new KeyedRequest(
            who.get(),
            request.getMethod(),
            request.getUriInfo().getPath(),
            key.get(),
            query == null ? "" : query,
            body));
  }

  private void begin(ContainerRequestContext request, KeyedRequest keyed) {
    transaction.begin();
    KeyOutcome outcome;
    try {
      outcome = requests.begin(keyed);
    } catch (RuntimeException e) {
      transaction.rollback();
      throw e;
    }
    if (outcome instanceof KeyOutcome.Go) {
      currentKey.set(keyed.key());
      request.setProperty(UNDER_KEY, keyed);
      return;
    }
    transaction.rollback();
    request.abortWith(refusalOrReplay(outcome));
  }

  private static Response refusalOrReplay(KeyOutcome outcome) {
    if (outcome instanceof Again again) {
      Response.ResponseBuilder replay =
          Response.status(again.answer().status()).header(REPLAYED, "true");
      again.answer().headers().forEach(replay::header);
      byte[] body = again.answer().body();
      return body.length == 0 ? replay.build() : replay.entity(body).build();
    }
    if (outcome instanceof OtherPayload) {
      return Problem.KEY_REUSED.response();
    }
    if (outcome instanceof UnderWay) {
      return Response.fromResponse(Problem.KEY_IN_PROGRESS.response())
          .header(HttpHeaders.RETRY_AFTER, 1)
          .build();
    }
    throw new IllegalStateException("no answer for " + outcome);
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response)
      throws IOException {
    if (!(request.getProperty(UNDER_KEY) instanceof KeyedRequest keyed)) {
      return;
    }
    request.removeProperty(UNDER_KEY);
    if (KeptStatuses.undo(response.getStatus()) || !transaction.isGood()) {
      transaction.rollback();
      return;
    }
    try {
      if (KeptStatuses.areKept(response.getStatus())) {
        requests.keep(keyed, answer(response));
      }
      transaction.commit();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a request under a key is undone", e);
      if (!transaction.isOver()) {
        transaction.rollback();
      }
      response.setStatus(Problem.UNAVAILABLE.status());
      response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
      response.setEntity(Problem.UNAVAILABLE.json());
    }
  }

  private KeyedAnswer answer(ContainerResponseContext response) throws IOException {
    byte[] body = EntityBytes.of(response, providers);
    Map<String, String> headers = new HashMap<>();
    for (String name : KEPT_HEADERS) {
      @Nullable String value = response.getHeaderString(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return new KeyedAnswer(response.getStatus(), body, headers);
  }
}
