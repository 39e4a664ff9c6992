package org.tallystick.web;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import org.tallystick.party.PartyToken;
import org.tallystick.staff.StaffRole;

/**
 * Notes each resource method that the JAX-RS runtime serves: the runtime asks every {@link
 * DynamicFeature} about each of them when it deploys the application. So it is the runtime that
 * says what is served, not a list that somebody keeps.
 *
 * <p>Kept for the life of the class, since the runtime makes the object and each runtime at its own
 * time; it never changes once the application is there.
 */
@Provider
public class ServedMethods implements DynamicFeature {
  private static final Set<Served> ALL = new ConcurrentSkipListSet<>();

  /** What is served, by path and method. */
  static List<Served> all() {
    return List.copyOf(ALL);
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    Method method = resource.getResourceMethod();
    verb(method).ifPresent(verb -> ALL.add(served(verb, resource.getResourceClass(), method)));
  }

  /** Nothing for what the runtime itself answers, such as OPTIONS. */
  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .flatMap(found -> Optional.ofNullable(found).stream())
        .map(HttpMethod::value)
        .findFirst();
  }

  static Served served(String verb, Class<?> resource, Method method) {
    String path = path(resource.getAnnotation(Path.class)) + path(method.getAnnotation(Path.class));
    StaffRole staff = annotated(method, resource, StaffRole.class);
    if (staff != null) {
      return new Served(
          verb, path, Served.Who.STAFF, List.of(staff.value()), List.of(staff.scopes()));
    }
    boolean party = annotated(method, resource, PartyToken.class) != null;
    return new Served(
        verb, path, party ? Served.Who.PARTY : Served.Who.ANYBODY, List.of(), List.of());
  }

  private static <A extends Annotation> @Nullable A annotated(
      Method method, Class<?> resource, Class<A> type) {
    A own = method.getAnnotation(type);
    return own != null ? own : resource.getAnnotation(type);
  }

  /** Without the expressions that say which segments a parameter takes. */
  private static String path(@Nullable Path path) {
    if (path == null) {
      return "";
    }
    String plain = path.value().replaceAll("\\{(\\w+) *:[^/]*}", "{$1}");
    return plain.startsWith("/") ? plain : "/" + plain;
  }
}
